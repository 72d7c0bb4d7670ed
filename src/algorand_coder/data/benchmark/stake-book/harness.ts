// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Asset, Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { StakeBook } from './contract.algo'
import type { Fits } from './expect'

export const isContract: StakeBook extends Contract ? true : false = true
export const acceptFits: Fits<StakeBook['accept'], (token: Asset) => void> = true
export const stakeFits: Fits<StakeBook['stake'], (transfer: gtxn.AssetTransferTxn) => uint64> = true
export const unstakeFits: Fits<StakeBook['unstake'], (token: Asset, units: uint64) => uint64> = true
export const stakeOfFits: Fits<StakeBook['stakeOf'], (token: Asset, account: Account) => uint64> = true
