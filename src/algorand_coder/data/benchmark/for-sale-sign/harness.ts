// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Asset, Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { FlatSale } from './contract.algo'
import type { Fits } from './expect'

export const isContract: FlatSale extends Contract ? true : false = true
export const acceptFits: Fits<FlatSale['accept'], (token: Asset) => void> = true
export const offerFits: Fits<FlatSale['offer'], (deposit: gtxn.PaymentTxn, transfer: gtxn.AssetTransferTxn, price: uint64) => void> = true
export const cancelFits: Fits<FlatSale['cancel'], () => void> = true
