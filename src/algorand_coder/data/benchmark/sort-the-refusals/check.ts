// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
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

type Given = { sender: Person; broke: Person; holder: string; frozen: string; stranger: string; assetId: bigint }
type Observed = { outcomes: string[]; unknown: boolean }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [sender, holder, frozen, stranger, broke] = [
    await person(algorand), await person(algorand), await person(algorand), await person(algorand), await person(algorand, 0.202),
  ]
  for (const { mnemonic } of [sender, holder, frozen, broke]) algorand.account.fromMnemonic(mnemonic)
  const { assetId } = await algorand.send.assetCreate({ sender: sender.address, total: 100n, freeze: sender.address })
  for (const { address } of [holder, frozen, broke]) await algorand.send.assetOptIn({ sender: address, assetId })
  await algorand.send.assetTransfer({ sender: sender.address, receiver: broke.address, assetId, amount: 5n })
  await algorand.send.payment({ sender: broke.address, receiver: broke.address, amount: microAlgo(0) })
  await algorand.send.assetFreeze({ sender: sender.address, assetId, account: frozen.address, frozen: true })
  return { sender, broke, holder: holder.address, frozen: frozen.address, stranger: stranger.address, assetId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.sender, given.broke]) algorand.account.fromMnemonic(mnemonic)
  const go = (from: Person, to: string, units: bigint, assetId = given.assetId) => answer.tryTransfer(algorand, from.address, to, assetId, units)
  const outcomes = [
    await go(given.sender, given.holder, 3n), await go(given.sender, given.stranger, 3n), await go(given.sender, given.frozen, 3n),
    await go(given.sender, given.holder, 101n), await go(given.broke, given.holder, 1n),
  ]
  const unknown = await go({ address: given.stranger, mnemonic: '' }, given.holder, 1n).then(() => false, () => true)
  return { outcomes, unknown }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.outcomes, ['sent', 'not-opted-in', 'frozen', 'not-enough', 'no-algo'])
  assert.ok(observed.unknown, 'a missing signer is no refusal of the network')
  assert.equal((await algorand.asset.getAccountInformation(given.holder, given.assetId)).balance, 3n)
}
