// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { DailyWalk } from './contract.algo'
import type { Fits } from './expect'

export const isContract: DailyWalk extends Contract ? true : false = true
export const optInToApplicationFits: Fits<DailyWalk['optInToApplication'], () => void> = true
export const walkFits: Fits<DailyWalk['walk'], () => uint64> = true
export const bestFits: Fits<DailyWalk['best'], (walker: Account) => uint64> = true
