// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { GuestBook, Entry } from './contract.algo'
import type { Fits } from './expect'

export const isContract: GuestBook extends Contract ? true : false = true
export const signFits: Fits<GuestBook['sign'], (greeting: string) => uint64> = true
export const pageFits: Fits<GuestBook['page'], (from: uint64, count: uint64) => Entry[]> = true
export const entriesFits: Fits<GuestBook['entries'], () => uint64> = true
