// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { bytes, Contract } from '@algorandfoundation/algorand-typescript'
import type { RunLengths } from './contract.algo'
import type { Fits } from './expect'

export const isContract: RunLengths extends Contract ? true : false = true
export const packFits: Fits<RunLengths['pack'], (data: bytes) => bytes> = true
export const unpackFits: Fits<RunLengths['unpack'], (data: bytes) => bytes> = true
