// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Asset, Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { Changer } from './contract.algo'
import type { Fits } from './expect'

export const isContract: Changer extends Contract ? true : false = true
export const setUpFits: Fits<Changer['setUp'], (oldToken: Asset, newToken: Asset) => void> = true
export const changeFits: Fits<Changer['change'], (transfer: gtxn.AssetTransferTxn) => uint64> = true
