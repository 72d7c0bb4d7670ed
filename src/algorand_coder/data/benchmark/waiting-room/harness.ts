// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { WaitingRoom } from './contract.algo'
import type { Fits } from './expect'

export const isContract: WaitingRoom extends Contract ? true : false = true
export const arriveFits: Fits<WaitingRoom['arrive'], () => uint64> = true
export const nextFits: Fits<WaitingRoom['next'], () => Account> = true
export const lengthFits: Fits<WaitingRoom['length'], () => uint64> = true
