// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { PondExchange } from './contract.algo'
import type { Fits } from './expect'

export const isContract: PondExchange extends Contract ? true : false = true
export const outputFits: Fits<PondExchange['output'], (stockIn: uint64, stockOut: uint64, amount: uint64) => uint64> = true
export const inputFits: Fits<PondExchange['input'], (stockIn: uint64, stockOut: uint64, wanted: uint64) => uint64> = true
