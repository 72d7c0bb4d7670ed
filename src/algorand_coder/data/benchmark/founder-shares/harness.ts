// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { FounderShares } from './contract.algo'
import type { Fits } from './expect'

export const isContract: FounderShares extends Contract ? true : false = true
export const createApplicationFits: Fits<FounderShares['createApplication'], (founder: Account, total: uint64, start: uint64, cliff: uint64, duration: uint64) => void> = true
export const vestedAtFits: Fits<FounderShares['vestedAt'], (time: uint64) => uint64> = true
export const claimFits: Fits<FounderShares['claim'], () => uint64> = true
