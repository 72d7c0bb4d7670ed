// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, bytes, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { RootOfGuests } from './contract.algo'
import type { Fits } from './expect'

export const isContract: RootOfGuests extends Contract ? true : false = true
export const createApplicationFits: Fits<RootOfGuests['createApplication'], (root: bytes<32>) => void> = true
export const enterFits: Fits<RootOfGuests['enter'], (proof: bytes<32>[]) => uint64> = true
export const isInsideFits: Fits<RootOfGuests['isInside'], (guest: Account) => boolean> = true
