// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { TicketMachine } from './contract.algo'
import type { Fits } from './expect'

export const isContract: TicketMachine extends Contract ? true : false = true
export const setPriceFits: Fits<TicketMachine['setPrice'], (price: uint64) => void> = true
export const buyFits: Fits<TicketMachine['buy'], (payment: gtxn.PaymentTxn) => uint64> = true
