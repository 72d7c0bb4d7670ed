// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, FixedArray, uint64 } from '@algorandfoundation/algorand-typescript'
import type { Noughts } from './contract.algo'
import type { Fits } from './expect'

export const isContract: Noughts extends Contract ? true : false = true
export const joinFits: Fits<Noughts['join'], () => void> = true
export const playFits: Fits<Noughts['play'], (square: uint64) => uint64> = true
export const boardFits: Fits<Noughts['board'], () => FixedArray<uint64, 9>> = true
