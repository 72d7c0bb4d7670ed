// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Fits } from './expect'
import { presign } from './main'

type Presign = (
  algorand: AlgorandClient,
  saver: string,
  bank: string,
  microAlgos: bigint,
  start: bigint,
  every: bigint,
  count: number,
) => Promise<Uint8Array[]>
export const presignFits: Fits<typeof presign, Presign> = true
