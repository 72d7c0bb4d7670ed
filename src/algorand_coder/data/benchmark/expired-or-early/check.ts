// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { queue: Uint8Array[] }
type Observed = { states: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { sk, addr } = algosdk.generateAccount()
  const params = await algorand.getSuggestedParams()
  const last = (await algorand.client.algod.status().do()).lastRound
  const pay = (firstValid: bigint, lastValid: bigint, extra: object = {}) =>
    algosdk.makePaymentTxnWithSuggestedParamsFromObject({
      sender: addr, receiver: addr, amount: 0n, suggestedParams: { ...params, firstValid, lastValid, ...extra },
    }).signTxn(sk)
  const first = last > 3n ? last - 3n : 0n
  return {
    queue: [
      pay(first, last + 1n), pay(last + 1n, last + 500n), pay(last + 2n, last + 500n), pay(first, last),
      pay(last + 9n, last + 10n, { genesisHash: new Uint8Array(32).fill(9) }), new Uint8Array([5, 5]), pay(last, last + 1000n),
    ],
  }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  return { states: await answer.readiness(algorand, given.queue) }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.states, ['ready', 'ready', 'early', 'expired', 'foreign', 'broken', 'ready'])
}
