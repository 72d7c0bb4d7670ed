// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Fits } from './expect'
import { issueMutable, repoint } from './main'

type IssueMutable = (
  algorand: AlgorandClient, artist: string, name: string, unit: string, digest: Uint8Array,
) => Promise<bigint>
export const issueMutableFits: Fits<typeof issueMutable, IssueMutable> = true
type Repoint = (algorand: AlgorandClient, artist: string, assetId: bigint, digest: Uint8Array) => Promise<string>
export const repointFits: Fits<typeof repoint, Repoint> = true
