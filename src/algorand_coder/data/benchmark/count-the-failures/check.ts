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

type Given = { rich: Person; poor: Person; assetId: bigint }
type Observed = { first: Answer.Counts; early: Answer.Counts; second: Answer.Counts; later: Answer.Counts; messages: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [rich, poor] = [await person(algorand), await person(algorand, 1)]
  algorand.account.fromMnemonic(rich.mnemonic)
  const { assetId } = await algorand.send.assetCreate({ sender: rich.address, total: 10n })
  return { rich, poor, assetId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.rich, given.poor]) algorand.account.fromMnemonic(mnemonic)
  const [rich, poor] = [given.rich.address, given.poor.address]
  const messages: string[] = []
  const overspend = () =>
    algorand.newGroup().addPayment({ sender: poor, receiver: rich, amount: algo(50) }).send().catch((error: Error) => messages.push(error.message))
  const optin = () =>
    algorand.newGroup().addAssetTransfer({ sender: rich, receiver: poor, assetId: given.assetId, amount: 1n }).send()
      .catch((error: Error) => messages.push(error.message))
  const one = answer.watchFailures(algorand)
  await overspend()
  const early = one.counts()
  const two = answer.watchFailures(algorand)
  await optin()
  await overspend()
  await algorand.newGroup().addPayment({ sender: rich, receiver: poor, amount: microAlgo(1) }).send()
  one.stop()
  await optin()
  const first = one.counts()
  two.stop()
  await optin()
  return { first, early, second: two.counts(), later: two.counts(), messages }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.early, { overspend: 1, optin: 0, other: 0 })
  assert.deepEqual(observed.first, { overspend: 2, optin: 1, other: 0 })
  assert.deepEqual(observed.second, { overspend: 1, optin: 2, other: 0 })
  assert.equal(observed.messages.length, 5)
  assert.ok(observed.messages.every((message) => /overspend|must optin/.test(message)))
}
