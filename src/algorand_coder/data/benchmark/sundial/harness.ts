// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { Sundial } from './contract.algo'
import type { Fits } from './expect'

export const isContract: Sundial extends Contract ? true : false = true
export const weekdayFits: Fits<Sundial['weekday'], (timestamp: uint64) => uint64> = true
export const clockFits: Fits<Sundial['clock'], (timestamp: uint64) => string> = true
