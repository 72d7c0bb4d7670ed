// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Asset, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { RecallOffice } from './contract.algo'
import type { Fits } from './expect'

export const isContract: RecallOffice extends Contract ? true : false = true
export const recallFits: Fits<RecallOffice['recall'], (token: Asset, holder: Account, amount: uint64) => uint64> = true
export const recalledFits: Fits<RecallOffice['recalled'], (holder: Account) => uint64> = true
