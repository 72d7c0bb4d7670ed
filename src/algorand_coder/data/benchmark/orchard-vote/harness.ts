// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { OrchardVote } from './contract.algo'
import type { Fits } from './expect'

export const isContract: OrchardVote extends Contract ? true : false = true
export const supportFits: Fits<OrchardVote['support'], (plan: uint64, votes: uint64) => uint64> = true
export const totalFits: Fits<OrchardVote['total'], (plan: uint64) => uint64> = true
