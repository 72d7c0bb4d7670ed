// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { Souvenir } from './contract.algo'
import type { Fits } from './expect'

export const isContract: Souvenir extends Contract ? true : false = true
export const issueFits: Fits<Souvenir['issue'], (supply: uint64) => uint64> = true
export const handFits: Fits<Souvenir['hand'], (visitor: Account, units: uint64) => void> = true
export const retireFits: Fits<Souvenir['retire'], () => void> = true
