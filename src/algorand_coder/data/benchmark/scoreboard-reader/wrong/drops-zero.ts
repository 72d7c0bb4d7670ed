// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a counter that stands at zero is missing
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function readCounters(algorand: AlgorandClient, appId: bigint): Promise<Record<string, bigint>> {
  const state = await algorand.app.getGlobalState(appId)
  const counters: Record<string, bigint> = {}
  for (const [name, entry] of Object.entries(state)) {
    if (entry.value && typeof entry.value === 'bigint') counters[name] = entry.value
  }
  return counters
}
