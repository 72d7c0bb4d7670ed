// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { GuestPasses } from './contract.algo'
import type { Fits } from './expect'

export const isContract: GuestPasses extends Contract ? true : false = true
export const allowFits: Fits<GuestPasses['allow'], (guests: Account[]) => uint64> = true
export const forbidFits: Fits<GuestPasses['forbid'], (guests: Account[]) => uint64> = true
export const isAllowedFits: Fits<GuestPasses['isAllowed'], (guest: Account) => boolean> = true
