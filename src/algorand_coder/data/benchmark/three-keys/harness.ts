// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { ThreeKeys } from './contract.algo'
import type { Fits } from './expect'

export const isContract: ThreeKeys extends Contract ? true : false = true
export const createApplicationFits: Fits<ThreeKeys['createApplication'], (keys: Account[]) => void> = true
export const proposeFits: Fits<ThreeKeys['propose'], (receiver: Account, microAlgos: uint64) => uint64> = true
export const approveFits: Fits<ThreeKeys['approve'], (number: uint64) => void> = true
