// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { HallOfFame } from './contract.algo'
import type { Fits } from './expect'

export const isContract: HallOfFame extends Contract ? true : false = true
export const submitFits: Fits<HallOfFame['submit'], (score: uint64) => uint64> = true
export const entryFits: Fits<HallOfFame['entry'], (rank: uint64) => [Account, uint64]> = true
