// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract } from '@algorandfoundation/algorand-typescript'
import type { DoorPlates } from './contract.algo'
import type { Fits } from './expect'

export const isContract: DoorPlates extends Contract ? true : false = true
export const takeFits: Fits<DoorPlates['take'], (name: string) => void> = true
export const dropFits: Fits<DoorPlates['drop'], () => void> = true
export const whoIsFits: Fits<DoorPlates['whoIs'], (name: string) => Account> = true
export const nameOfFits: Fits<DoorPlates['nameOf'], (account: Account) => string> = true
