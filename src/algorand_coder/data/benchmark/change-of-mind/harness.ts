// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { ChangeOfMind } from './contract.algo'
import type { Fits } from './expect'

export const isContract: ChangeOfMind extends Contract ? true : false = true
export const createApplicationFits: Fits<ChangeOfMind['createApplication'], (options: uint64) => void> = true
export const voteFits: Fits<ChangeOfMind['vote'], (option: uint64) => void> = true
export const abstainFits: Fits<ChangeOfMind['abstain'], () => void> = true
export const countsFits: Fits<ChangeOfMind['counts'], () => uint64[]> = true
