// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { KeyRing } from './contract.algo'
import type { Fits } from './expect'

export const isContract: KeyRing extends Contract ? true : false = true
export const grantFits: Fits<KeyRing['grant'], (person: Account, permission: uint64) => uint64> = true
export const revokeFits: Fits<KeyRing['revoke'], (person: Account, permission: uint64) => uint64> = true
export const mayFits: Fits<KeyRing['may'], (person: Account, mask: uint64) => boolean> = true
