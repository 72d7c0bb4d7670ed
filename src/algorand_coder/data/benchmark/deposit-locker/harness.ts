// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Asset, Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { TokenLocker } from './contract.algo'
import type { Fits } from './expect'

export const isContract: TokenLocker extends Contract ? true : false = true
export const acceptFits: Fits<TokenLocker['accept'], (token: Asset) => void> = true
export const lockFits: Fits<TokenLocker['lock'], (transfer: gtxn.AssetTransferTxn, until: uint64) => void> = true
export const releaseFits: Fits<TokenLocker['release'], () => uint64> = true
