// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Asset, Contract } from '@algorandfoundation/algorand-typescript'
import type { RoleKeeper } from './contract.algo'
import type { Fits } from './expect'

export const isContract: RoleKeeper extends Contract ? true : false = true
export const moveReserveFits: Fits<RoleKeeper['moveReserve'], (token: Asset, reserve: Account) => Account> = true
export const renounceFits: Fits<RoleKeeper['renounce'], (token: Asset) => Account> = true
