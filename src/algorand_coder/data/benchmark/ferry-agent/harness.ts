// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Application, Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { FerryAgent } from './contract.algo'
import type { Fits } from './expect'

export const isContract: FerryAgent extends Contract ? true : false = true
export const bookFits: Fits<FerryAgent['book'], (ferry: Application, fare: uint64, payment: gtxn.PaymentTxn) => uint64> = true
export const earnedFits: Fits<FerryAgent['earned'], () => uint64> = true
