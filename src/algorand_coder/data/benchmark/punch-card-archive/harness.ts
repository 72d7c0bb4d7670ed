// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { bytes, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { PunchCardArchive } from './contract.algo'
import type { Fits } from './expect'

export const isContract: PunchCardArchive extends Contract ? true : false = true
export const openFits: Fits<PunchCardArchive['open'], (size: uint64) => void> = true
export const writeFits: Fits<PunchCardArchive['write'], (offset: uint64, piece: bytes) => void> = true
export const readFits: Fits<PunchCardArchive['read'], (offset: uint64, count: uint64) => bytes> = true
