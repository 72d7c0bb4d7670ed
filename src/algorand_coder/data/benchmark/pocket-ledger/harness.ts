// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { PocketLedger } from './contract.algo'
import type { Fits } from './expect'

export const isContract: PocketLedger extends Contract ? true : false = true
export const issueFits: Fits<PocketLedger['issue'], (to: Account, points: uint64) => void> = true
export const sendFits: Fits<PocketLedger['send'], (to: Account, points: uint64) => void> = true
export const permitFits: Fits<PocketLedger['permit'], (spender: Account, points: uint64) => void> = true
export const sendForFits: Fits<PocketLedger['sendFor'], (owner: Account, to: Account, points: uint64) => void> = true
export const balanceOfFits: Fits<PocketLedger['balanceOf'], (account: Account) => uint64> = true
export const permittedFits: Fits<PocketLedger['permitted'], (owner: Account, spender: Account) => uint64> = true
