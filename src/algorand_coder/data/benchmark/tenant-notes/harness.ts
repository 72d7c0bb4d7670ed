// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { TenantNotes } from './contract.algo'
import type { Fits } from './expect'

export const isContract: TenantNotes extends Contract ? true : false = true
export const writeFits: Fits<TenantNotes['write'], (note: uint64, text: string) => void> = true
export const readFits: Fits<TenantNotes['read'], (tenant: Account, note: uint64) => string> = true
export const eraseFits: Fits<TenantNotes['erase'], (note: uint64) => void> = true
export const countFits: Fits<TenantNotes['count'], (tenant: Account) => uint64> = true
