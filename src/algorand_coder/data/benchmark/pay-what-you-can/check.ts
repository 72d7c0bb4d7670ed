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

type Given = { shop: Person; good: string; empty: string }
type Observed = { settled: Answer.Settled[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { shop: await person(algorand, 2), good: (await person(algorand, 1)).address, empty: (await person(algorand, 0)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.shop.mnemonic)
  algorand.setSuggestedParamsCacheTimeout(0)
  const { good, empty } = given
  const list: [string, string, bigint][] = [
    ['r1', good, 100_000n], ['r2', empty, 5n], ['r1', good, 100_000n], ['r3', 'NOBODY', 5n], ['r2', good, 5n], ['r4', good, 90_000_000n], ['r5', good, 7n], ['r6', good, 7n],
  ]
  return { settled: await answer.payEach(algorand, given.shop.address, list.map(([id, receiver, microAlgos]) => ({ id, receiver, microAlgos }))) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  const kinds = observed.settled.map((entry) => ('txId' in entry ? 'paid' : entry.error === 'duplicate' ? 'duplicate' : 'error'))
  assert.deepEqual(observed.settled.map(({ id }) => id), ['r1', 'r2', 'r1', 'r3', 'r2', 'r4', 'r5', 'r6'])
  assert.deepEqual(kinds, ['paid', 'error', 'duplicate', 'error', 'duplicate', 'error', 'paid', 'paid'])
  const [, low, , , , poor, last] = observed.settled as unknown as { error: string; txId: string }[]
  assert.match(low.error, /below min/)
  assert.match(poor.error, /overspend/)
  assert.equal((await algorand.client.algod.pendingTransactionInformation(last.txId).do()).txn.txn.payment?.amount, 7n)
  assert.equal((await algorand.account.getInformation(given.good)).balance.microAlgos, 1_100_014n)
}
