// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract } from '@algorandfoundation/algorand-typescript'
import type { RelayBatons } from './contract.algo'
import type { Fits } from './expect'

export const isContract: RelayBatons extends Contract ? true : false = true
export const joinFits: Fits<RelayBatons['join'], () => void> = true
export const leaveFits: Fits<RelayBatons['leave'], () => void> = true
export const firstFits: Fits<RelayBatons['first'], () => Account> = true
export const afterFits: Fits<RelayBatons['after'], (runner: Account) => Account> = true
