// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { TulipClock } from './contract.algo'
import type { Fits } from './expect'

export const isContract: TulipClock extends Contract ? true : false = true
export const createApplicationFits: Fits<TulipClock['createApplication'], (start: uint64, lowest: uint64, drop: uint64) => void> = true
export const priceAfterFits: Fits<TulipClock['priceAfter'], (rounds: uint64) => uint64> = true
export const buyFits: Fits<TulipClock['buy'], (payment: gtxn.PaymentTxn) => uint64> = true
export const buyerFits: Fits<TulipClock['buyer'], () => Account> = true
