// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { Farewell } from './contract.algo'
import type { Fits } from './expect'

export const isContract: Farewell extends Contract ? true : false = true
export const enrolFits: Fits<Farewell['enrol'], (pledge: gtxn.PaymentTxn) => void> = true
export const resignFits: Fits<Farewell['resign'], () => void> = true
export const forfeitedFits: Fits<Farewell['forfeited'], () => uint64> = true
