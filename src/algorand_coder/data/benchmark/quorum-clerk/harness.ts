// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { QuorumClerk } from './contract.algo'
import type { Fits } from './expect'

export const isContract: QuorumClerk extends Contract ? true : false = true
export const outcomeFits: Fits<QuorumClerk['outcome'], (members: uint64, votesFor: uint64, against: uint64, abstained: uint64) => string> = true
