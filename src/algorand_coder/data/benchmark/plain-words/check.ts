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

type Given = { poor: Person; rich: Person; assetId: bigint }
type Seen = { message: string; cause: boolean }
type Observed = { known: Seen; simulated: Seen; unknown: Seen; removed: Seen }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [poor, rich] = [await person(algorand, 1), await person(algorand)]
  algorand.account.fromMnemonic(rich.mnemonic)
  return { poor, rich, assetId: (await algorand.send.assetCreate({ sender: rich.address, total: 1n })).assetId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.poor, given.rich]) algorand.account.fromMnemonic(mnemonic)
  const overspend = () => algorand.newGroup().addPayment({ sender: given.poor.address, receiver: given.rich.address, amount: algo(99) })
  const optIn = () =>
    algorand.newGroup().addAssetTransfer({ sender: given.rich.address, receiver: given.poor.address, assetId: given.assetId, amount: 1n })
  const see = (action: Promise<unknown>): Promise<Seen> =>
    action.then(
      () => ({ message: 'accepted', cause: false }),
      (error: Error) => ({ message: error.message, cause: error.cause instanceof Error && error.cause.message.includes('overspend') }),
    )
  const remove = answer.useHelpTexts(algorand, { overspend: 'Your balance is too low.' })
  const known = await see(overspend().send())
  const simulated = await see(overspend().simulate())
  const unknown = await see(optIn().send())
  remove()
  return { known, simulated, unknown, removed: await see(overspend().send()) }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual({ ...observed.known }, { message: 'Your balance is too low.', cause: true })
  assert.deepEqual({ ...observed.simulated }, { message: 'Your balance is too low.', cause: true })
  assert.match(observed.unknown.message, /must optin/)
  assert.match(observed.removed.message, /overspend/)
}
