// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { pairs: [Uint8Array, Uint8Array][] }
type Observed = { answers: boolean[]; garbage: boolean }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [a, b] = [algosdk.generateAccount().addr, algosdk.generateAccount().addr]
  const params = await algorand.getSuggestedParams()
  const pay = (change: object = {}, timing: object = {}) =>
    algosdk.makePaymentTxnWithSuggestedParamsFromObject({
      sender: a, receiver: b, amount: 5n, note: new Uint8Array([1]), suggestedParams: { ...params, ...timing }, ...change,
    })
  const asset = (assetIndex: bigint, fee: bigint) =>
    algosdk.makeAssetTransferTxnWithSuggestedParamsFromObject({
      sender: a, receiver: b, amount: 5n, assetIndex, suggestedParams: { ...params, flatFee: true, fee },
    })
  const [grouped] = algosdk.assignGroupID([pay(), asset(7n, 1000n)])
  const later = { firstValid: 900n, lastValid: 950n, flatFee: true, fee: 7777n }
  const pairs = [
    [pay(), pay()], [pay(), pay({}, later)], [pay(), grouped], [asset(7n, 1000n), asset(7n, 2000n)], [pay(), pay({ amount: 6n })],
    [pay(), pay({ note: new Uint8Array([2]) })], [pay(), pay({ rekeyTo: b })], [pay(), pay({ closeRemainderTo: b })],
    [asset(7n, 1000n), asset(8n, 1000n)], [pay(), asset(7n, 1000n)], [pay(), pay({ lease: new Uint8Array(32).fill(3) })],
  ]
  return { pairs: pairs.map(([x, y]) => [algosdk.encodeUnsignedTransaction(x), algosdk.encodeUnsignedTransaction(y)]) }
}

export async function drive(answer: typeof Answer, given: Given): Promise<Observed> {
  const answers = given.pairs.map(([one, other]) => answer.sameIntent(one, other))
  try {
    answer.sameIntent(given.pairs[0][0], new Uint8Array([9, 9]))
    return { answers, garbage: false }
  } catch {
    return { answers, garbage: true }
  }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.answers, [true, true, true, true, ...Array(7).fill(false)])
  assert.ok(observed.garbage)
}
