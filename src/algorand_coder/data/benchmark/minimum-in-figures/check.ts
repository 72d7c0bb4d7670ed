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

type Given = { payer: Person; empty: string; rich: string }
type Observed = { good: Answer.Explained; own: Answer.Explained; other: Answer.Explained; thrown: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const payer = await person(algorand, 1)
  algorand.account.fromMnemonic(payer.mnemonic)
  await algorand.send.assetCreate({ sender: payer.address, total: 1n })
  return { payer, empty: (await person(algorand, 0)).address, rich: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.payer.mnemonic)
  algorand.setSuggestedParamsCacheTimeout(0)
  const pay = (to: string, micro: bigint) => answer.payOrExplain(algorand, given.payer.address, to, micro)
  return {
    own: await pay(given.rich, 798_123n),
    other: await pay(given.empty, 60_000n),
    thrown: await pay(given.rich, 9_000_000n).then(() => 'accepted', (error: Error) => error.message),
    good: await pay(given.rich, 100_000n),
  }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual({ ...observed.good }, { paid: true })
  assert.deepEqual({ ...observed.own }, { paid: false, account: given.payer.address, missing: 123n, assets: 1 })
  assert.deepEqual({ ...observed.other }, { paid: false, account: given.empty, missing: 40_000n, assets: 0 })
  assert.match(observed.thrown, /overspend/)
  assert.equal((await algorand.account.getInformation(given.rich)).balance.microAlgos, 1_100_000n)
}
