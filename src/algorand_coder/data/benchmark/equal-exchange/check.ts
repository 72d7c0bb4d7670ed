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

type Given = { alice: Person; bob: Person; one: bigint; two: bigint }
type Observed = { first: string[]; second: string[]; failed: boolean }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [alice, bob] = [await person(algorand), await person(algorand)]
  for (const { mnemonic } of [alice, bob]) algorand.account.fromMnemonic(mnemonic)
  const one = (await algorand.send.assetCreate({ sender: alice.address, total: 100n })).assetId
  return { alice, bob, one, two: (await algorand.send.assetCreate({ sender: bob.address, total: 100n })).assetId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.alice, given.bob]) algorand.account.fromMnemonic(mnemonic)
  const swap = (give: bigint, take: bigint) =>
    answer.barter(algorand, given.alice.address, { assetId: given.one, units: give }, given.bob.address, { assetId: given.two, units: take })
  const failed = await swap(5n, 101n).then(() => false, () => true)
  return { failed, first: await swap(10n, 4n), second: await swap(1n, 2n) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.ok(observed.failed)
  assert.deepEqual(observed.first, ['opt-in', 'opt-in', 'transfer', 'transfer'])
  assert.deepEqual(observed.second, ['transfer', 'transfer'])
  const held = async (who: Person, assetId: bigint) => (await algorand.asset.getAccountInformation(who.address, assetId)).balance
  assert.deepEqual([await held(given.bob, given.one), await held(given.alice, given.two)], [11n, 6n])
  const algos = async (who: Person) => (await algorand.account.getInformation(who.address)).balance.microAlgos
  assert.equal(await algos(given.alice), 10_000_000n - 1000n - 6000n)
  assert.equal(await algos(given.bob), 10_000_000n - 1000n)
}
