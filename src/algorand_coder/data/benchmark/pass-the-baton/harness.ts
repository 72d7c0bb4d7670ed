// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract } from '@algorandfoundation/algorand-typescript'
import type { PassTheBaton } from './contract.algo'
import type { Fits } from './expect'

export const isContract: PassTheBaton extends Contract ? true : false = true
export const offerFits: Fits<PassTheBaton['offer'], (successor: Account) => void> = true
export const acceptFits: Fits<PassTheBaton['accept'], () => void> = true
export const holderFits: Fits<PassTheBaton['holder'], () => Account> = true
