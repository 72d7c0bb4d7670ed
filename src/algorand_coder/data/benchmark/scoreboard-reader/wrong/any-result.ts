// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: gives up on types
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function readCounters(algorand: any, appId: bigint): Promise<any> {
  return await algorand.app.getGlobalState(appId)
}
