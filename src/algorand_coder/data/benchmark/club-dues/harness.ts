// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { ClubDues } from './contract.algo'
import type { Fits } from './expect'

export const isContract: ClubDues extends Contract ? true : false = true
export const duesFits: Fits<ClubDues['dues'], () => uint64> = true
export const payDuesFits: Fits<ClubDues['payDues'], (payment: gtxn.PaymentTxn) => uint64> = true
