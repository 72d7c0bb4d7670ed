// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { StockRoom } from './contract.algo'
import type { Fits } from './expect'

export const isContract: StockRoom extends Contract ? true : false = true
export const bringFits: Fits<StockRoom['bring'], (good: string, pieces: uint64, price: uint64) => void> = true
export const fetchFits: Fits<StockRoom['fetch'], (good: string, pieces: uint64) => uint64> = true
export const stockFits: Fits<StockRoom['stock'], (good: string) => [uint64, uint64]> = true
