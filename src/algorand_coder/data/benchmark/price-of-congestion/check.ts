// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { id: string; hash: Uint8Array }
type Observed = { fees: bigint[]; message: string; real: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { genesisID, genesisHash } = await algorand.getSuggestedParams()
  return { id: genesisID ?? '', hash: genesisHash ?? new Uint8Array(32) }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const params = (fee: bigint, flatFee?: boolean, minFee = 1000n): algosdk.SuggestedParams => ({
    fee, flatFee, minFee, firstValid: 1n, lastValid: 2n, genesisID: given.id, genesisHash: given.hash,
  })
  const fees = [
    answer.feeFor(params(0n, false), 250, 5000n), answer.feeFor(params(3n, false), 250, 5000n), answer.feeFor(params(20n, false), 250, 5000n),
    answer.feeFor(params(1500n, true), 250, 5000n), answer.feeFor(params(10n, true), 250, 5000n), answer.feeFor(params(5n, false, 2000n), 250, 2000n),
    answer.feeFor(params(4n), 300, 5000n),
  ]
  let message = 'accepted'
  try {
    answer.feeFor(params(21n, false), 250, 5000n)
  } catch (error) {
    message = `${(error as Error).name}: ${(error as Error).message}`
  }
  return { fees, message, real: answer.feeFor(await algorand.getSuggestedParams(), 250, 1_000_000n) }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.fees, [1000n, 1000n, 5000n, 1500n, 1000n, 2000n, 1200n])
  assert.equal(observed.message, 'RangeError: fee 5250 is above 5000')
  assert.equal(observed.real, 1000n)
}
