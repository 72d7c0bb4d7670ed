// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type * as Answer from './main'

type Observed = { amounts: bigint[]; refused: string[]; texts: string[] }

export async function drive(answer: typeof Answer): Promise<Observed> {
  const refused = []
  for (const text of ['', '-1', '+1', '1.', '.5', '1.0000001', '1e3', ' 1', '1,5', '0x10', '1.2.3']) {
    try {
      answer.toMicroAlgos(text)
      refused.push(`accepted ${text}`)
    } catch (error) {
      refused.push((error as Error).name)
    }
  }
  return {
    refused,
    amounts: ['0', '12', '0.5', '3.000001', '007.10', '9007199254740993.000001'].map((text) => answer.toMicroAlgos(text)),
    texts: [0n, 1n, 500_000n, 12_000_000n, 3_140_000n, 9007199254740993000001n].map((amount) => answer.toText(amount)),
  }
}

export async function verify(_given: undefined, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.amounts, [0n, 12_000_000n, 500_000n, 3_000_001n, 7_100_000n, 9007199254740993000001n])
  assert.deepEqual(observed.texts, ['0', '0.000001', '0.5', '12', '3.14', '9007199254740993.000001'])
  assert.deepEqual(observed.refused, Array(11).fill('SyntaxError'))
}
