// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { PriceHistory } from './contract.algo'
import type { Fits } from './expect'

export const isContract: PriceHistory extends Contract ? true : false = true
export const changeFits: Fits<PriceHistory['change'], (price: uint64) => uint64> = true
export const versionFits: Fits<PriceHistory['version'], (number: uint64) => [uint64, uint64]> = true
export const priceAtFits: Fits<PriceHistory['priceAt'], (round: uint64) => uint64> = true
