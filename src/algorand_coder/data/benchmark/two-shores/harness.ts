// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, bytes, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { TwoShores } from './contract.algo'
import type { Fits } from './expect'

export const isContract: TwoShores extends Contract ? true : false = true
export const createApplicationFits: Fits<TwoShores['createApplication'], (receiver: Account, hash: bytes, rounds: uint64) => void> = true
export const claimFits: Fits<TwoShores['claim'], (secret: bytes) => void> = true
export const refundFits: Fits<TwoShores['refund'], () => void> = true
export const secretFits: Fits<TwoShores['secret'], () => bytes> = true
