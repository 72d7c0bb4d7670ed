// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { SuggestedParams } from 'algosdk'
import type { Fits } from './expect'
import { feeFor } from './main'

type FeeFor = (params: SuggestedParams, size: number, cap: bigint) => bigint
export const feeForFits: Fits<typeof feeFor, FeeFor> = true
