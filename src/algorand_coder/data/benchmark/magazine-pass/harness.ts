// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { MagazinePass } from './contract.algo'
import type { Fits } from './expect'

export const isContract: MagazinePass extends Contract ? true : false = true
export const createApplicationFits: Fits<MagazinePass['createApplication'], (price: uint64) => void> = true
export const subscribeFits: Fits<MagazinePass['subscribe'], (payment: gtxn.PaymentTxn) => uint64> = true
export const isActiveFits: Fits<MagazinePass['isActive'], (reader: Account) => boolean> = true
