// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { owner: string; other: string; encoded: Record<string, Uint8Array> }
type Observed = { found: Record<string, string[]>; garbage: boolean }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [owner, other] = [algosdk.generateAccount().addr, algosdk.generateAccount().addr]
  const params = await algorand.getSuggestedParams()
  const pay = (extra: object, fee = 1000n) =>
    algosdk.makePaymentTxnWithSuggestedParamsFromObject({
      sender: owner, receiver: other, amount: 5n, suggestedParams: { ...params, flatFee: true, fee }, ...extra,
    })
  const asset = (extra: object) =>
    algosdk.makeAssetTransferTxnWithSuggestedParamsFromObject({
      sender: owner, receiver: other, amount: 1n, assetIndex: 77n, suggestedParams: params, ...extra,
    })
  const all = {
    harmless: pay({}), own: pay({ rekeyTo: owner }), limit: pay({}, 10_000n), dear: pay({}, 10_001n), rekey: pay({ rekeyTo: other }),
    close: pay({ closeRemainderTo: other }), asset: asset({}), sweep: asset({ closeRemainderTo: other }),
    all: pay({ rekeyTo: other, closeRemainderTo: other }, 2_000_000n), stranger: pay({ sender: other, receiver: owner }),
  }
  const encoded = Object.fromEntries(Object.entries(all).map(([name, txn]) => [name, algosdk.encodeUnsignedTransaction(txn)]))
  return { owner: owner.toString(), other: other.toString(), encoded }
}

export async function drive(answer: typeof Answer, given: Given): Promise<Observed> {
  const found = Object.fromEntries(Object.entries(given.encoded).map(([name, bytes]) => [name, answer.dangers(bytes, given.owner)]))
  try {
    answer.dangers(new Uint8Array([1, 2, 3]), given.owner)
    return { found, garbage: false }
  } catch {
    return { found, garbage: true }
  }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.ok(observed.garbage)
  assert.deepEqual(observed.found, {
    harmless: [], own: [], limit: [], dear: ['fee'], rekey: ['rekey'], close: ['close'], asset: [], sweep: ['close-asset'],
    all: ['rekey', 'close', 'fee'], stranger: ['not-mine'],
  })
}
