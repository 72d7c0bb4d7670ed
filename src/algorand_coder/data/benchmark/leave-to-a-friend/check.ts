// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Person = { address: string; mnemonic: string }

async function person(algorand: AlgorandClient, algos = 10): Promise<Person> {
  algorand.setSuggestedParamsCacheTimeout(0)
  const { addr, sk } = algosdk.generateAccount()
  const { addr: sender } = await algorand.account.localNetDispenser()
  if (algos > 0) await algorand.send.payment({ sender, receiver: addr, amount: algo(algos) })
  return { address: addr.toString(), mnemonic: algosdk.secretKeyToMnemonic(sk) }
}

type Given = { holder: Person; other: Person; charity: string; friend: string; stranger: string; assetId: bigint }
type Observed = { got: bigint; none: bigint; messages: string[]; rounds: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [maker, holder, other, charity, friend, stranger] = [
    await person(algorand), await person(algorand), await person(algorand), await person(algorand), await person(algorand), await person(algorand),
  ]
  for (const { mnemonic } of [maker, holder, other, charity, friend]) algorand.account.fromMnemonic(mnemonic)
  const { assetId } = await algorand.send.assetCreate({ sender: maker.address, total: 1000n })
  for (const { address } of [holder, other, charity, friend]) await algorand.send.assetOptIn({ sender: address, assetId })
  await algorand.send.assetTransfer({ sender: maker.address, receiver: holder.address, assetId, amount: 70n })
  await algorand.send.assetTransfer({ sender: maker.address, receiver: other.address, assetId, amount: 15n })
  return { holder, other, charity: charity.address, friend: friend.address, stranger: stranger.address, assetId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.holder, given.other]) algorand.account.fromMnemonic(mnemonic)
  const { holder, charity, friend, stranger, assetId } = given
  const leave = (to: string, rest: string) => answer.leaveTo(algorand, holder.address, to, rest, assetId, 15n)
  const messages = []
  for (const [to, rest] of [[stranger, stranger], [charity, stranger]]) {
    messages.push(await leave(to, rest).then(() => 'accepted', (error: Error) => error.message))
  }
  const round = async () => (await algorand.client.algod.status().do()).lastRound
  const before = await round()
  const got = await leave(charity, friend)
  const rounds = (await round()) - before
  return { got, messages, rounds, none: await answer.leaveTo(algorand, given.other.address, charity, friend, assetId, 15n) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.messages, Array(2).fill(`${given.stranger} cannot receive the asset`))
  assert.deepEqual([observed.got, observed.none], [55n, 0n])
  assert.equal(observed.rounds, 1n)
  const held = async (of: string) => (await algorand.asset.getAccountInformation(of, given.assetId)).balance
  assert.deepEqual([await held(given.charity), await held(given.friend)], [30n, 55n])
  assert.equal((await algorand.account.getInformation(given.holder.address)).assets?.length ?? 0, 0)
}
