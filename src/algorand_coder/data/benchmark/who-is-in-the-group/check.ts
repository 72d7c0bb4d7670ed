// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { people: string[]; sorted: Answer.Change[]; spread: Uint8Array[]; group: Uint8Array[]; closing: Uint8Array[] }
type Observed = { changes: Answer.Change[]; spread: Answer.Change[]; message: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const keys = Array.from({ length: 4 }, () => algosdk.generateAccount())
  const [a, b, c, d] = keys
  const params = await algorand.getSuggestedParams()
  const pay = (from: typeof a, to: typeof a, amount: bigint, fee: bigint, closeRemainderTo?: algosdk.Address) =>
    algosdk.makePaymentTxnWithSuggestedParamsFromObject({
      sender: from.addr, receiver: to.addr, amount, closeRemainderTo, suggestedParams: { ...params, flatFee: true, fee },
    }).signTxn(from.sk)
  const transfer = algosdk.makeAssetTransferTxnWithSuggestedParamsFromObject({
    sender: b.addr, receiver: c.addr, amount: 99n, assetIndex: 5n, suggestedParams: { ...params, flatFee: true, fee: 2000n },
  }).signTxn(b.sk)
  const group = [pay(a, b, 10_000n, 1000n), transfer, pay(b, c, 5000n, 3000n), pay(d, d, 7n, 0n), pay(c, a, 5000n, 0n)]
  const spread = [pay(a, b, 100n, 0n), pay(c, d, 50n, 1000n)]
  const sorted = [-100n, 100n, -1050n, 50n].map((microAlgos, i) => ({ address: keys[i].addr.toString(), microAlgos }))
  sorted.sort((one, two) => (one.address < two.address ? -1 : 1))
  return { sorted, spread, people: keys.map(({ addr }) => addr.toString()), group, closing: [pay(a, b, 0n, 1000n, c.addr)] }
}

export async function drive(answer: typeof Answer, given: Given): Promise<Observed> {
  try {
    answer.summarise(given.closing)
    return { changes: [], spread: [], message: 'accepted' }
  } catch (error) {
    return { changes: answer.summarise(given.group), spread: answer.summarise(given.spread), message: (error as Error).message }
  }
}

export async function verify(given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  const [a] = given.people
  assert.equal(observed.message, 'closes an account')
  assert.deepEqual(observed.changes, [{ address: a, microAlgos: -6000n }])
  assert.deepEqual(observed.spread.map((change) => ({ ...change })), given.sorted)
}
