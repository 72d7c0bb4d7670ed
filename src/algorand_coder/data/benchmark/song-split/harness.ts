// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { SongSplit } from './contract.algo'
import type { Fits } from './expect'

export const isContract: SongSplit extends Contract ? true : false = true
export const createApplicationFits: Fits<SongSplit['createApplication'], (people: Account[], shares: uint64[]) => void> = true
export const splitFits: Fits<SongSplit['split'], (payment: gtxn.PaymentTxn) => void> = true
