// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
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
  const { params } = await algorand.client.algod.getApplicationByID(appId).do()
  if (!params) throw new Error(`application ${appId} is gone`)
  const { globalStateSchema: global, localStateSchema: local } = params
  return {
    creator: `${params.creator}`,
    globalInts: Number(global?.numUint ?? 0),
    globalByteSlices: Number(global?.numByteSlice ?? 0),
    localInts: Number(local?.numUint ?? 0),
    localByteSlices: Number(local?.numByteSlice ?? 0),
    extraPages: Number(params.extraProgramPages ?? 0),
  }
}
