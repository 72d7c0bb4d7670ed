// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: a value is a bigint or a string
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function readCounters(algorand: AlgorandClient, appId: bigint): Promise<Record<string, bigint>> {
  const state = await algorand.app.getGlobalState(appId)
  return Object.fromEntries(Object.entries(state).map(([name, entry]) => [name, entry.value]))
}
