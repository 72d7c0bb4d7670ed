// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract } from '@algorandfoundation/algorand-typescript'
import type { HouseDeal } from './contract.algo'
import type { Fits } from './expect'

export const isContract: HouseDeal extends Contract ? true : false = true
export const createApplicationFits: Fits<HouseDeal['createApplication'], (seller: Account, arbiter: Account) => void> = true
export const agreeFits: Fits<HouseDeal['agree'], () => boolean> = true
export const cancelFits: Fits<HouseDeal['cancel'], () => boolean> = true
