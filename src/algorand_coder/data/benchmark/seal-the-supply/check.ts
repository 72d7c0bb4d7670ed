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

type Given = { owner: Person; other: string; assets: bigint[] }
type Observed = { open: Answer.Roles; modest: Answer.Roles; message: string; rounds: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [owner, other] = [await person(algorand), (await person(algorand, 1)).address]
  algorand.account.fromMnemonic(owner.mnemonic)
  const sender = owner.address
  const roles = [{ manager: sender, reserve: other, freeze: other, clawback: sender }, { manager: sender, reserve: other }, { freeze: other }]
  const assets: bigint[] = []
  for (const given of roles) assets.push((await algorand.send.assetCreate({ sender, total: 5n, ...given })).assetId)
  return { owner, other, assets }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.owner.mnemonic)
  const round = async () => (await algorand.client.algod.status().do()).lastRound
  const open = await answer.renouncePowers(algorand, given.assets[0])
  const before = await round()
  const modest = await answer.renouncePowers(algorand, given.assets[1])
  const message = await answer.renouncePowers(algorand, given.assets[2]).then(() => 'accepted', (error: Error) => error.message)
  return { open, modest, message, rounds: (await round()) - before }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  const expected = { manager: given.owner.address, reserve: given.other }
  assert.deepEqual({ ...observed.open }, expected)
  assert.deepEqual({ ...observed.modest }, expected)
  assert.equal(observed.message, 'asset is immutable')
  assert.equal(observed.rounds, 0n)
  const { manager, reserve, freeze, clawback } = await algorand.asset.getById(given.assets[0])
  assert.deepEqual({ manager, reserve, freeze, clawback }, { ...expected, freeze: undefined, clawback: undefined })
}
