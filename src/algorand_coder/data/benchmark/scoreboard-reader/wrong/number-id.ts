// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the id of an application is a bigint
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function readCounters(algorand: AlgorandClient, appId: number): Promise<Record<string, bigint>> {
  const state = await algorand.app.getGlobalState(appId)
  const counters: Record<string, bigint> = {}
  for (const [name, entry] of Object.entries(state)) {
    if (typeof entry.value === 'bigint') counters[name] = entry.value
  }
  return counters
}
