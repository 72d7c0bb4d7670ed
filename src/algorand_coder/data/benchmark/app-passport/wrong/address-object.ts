// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the creator is an address object
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export type Passport = {
  creator: string
  globalInts: number
  globalByteSlices: number
  localInts: number
  localByteSlices: number
  extraPages: number
}

export async function passport(algorand: AlgorandClient, appId: bigint): Promise<Passport> {
  const app = await algorand.app.getById(appId)
  return {
    creator: app.creator,
    globalInts: app.globalInts,
    globalByteSlices: app.globalByteSlices,
    localInts: app.localInts,
    localByteSlices: app.localByteSlices,
    extraPages: app.extraProgramPages ?? 0,
  }
}
