// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: any text is no key of the counts
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export type Counts = { overspend: number; optin: number; other: number }

function kindOf(message: string): string {
  if (message.includes('overspend')) return 'overspend'
  return message.includes('must optin') ? 'optin' : 'other'
}

export function watchFailures(algorand: AlgorandClient): { counts(): Counts; stop(): void } {
  const seen: Counts = { overspend: 0, optin: 0, other: 0 }
  const count = async (error: Error): Promise<Error> => {
    seen[kindOf(error.message)] += 1
    return error
  }
  algorand.registerErrorTransformer(count)
  return { counts: () => ({ ...seen }), stop: () => algorand.unregisterErrorTransformer(count) }
}
