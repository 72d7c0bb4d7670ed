// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { QuietHours } from './contract.algo'
import type { Fits } from './expect'

export const isContract: QuietHours extends Contract ? true : false = true
export const createApplicationFits: Fits<QuietHours['createApplication'], (from: uint64, to: uint64) => void> = true
export const isQuietFits: Fits<QuietHours['isQuiet'], (timestamp: uint64) => boolean> = true
