// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Asset, Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { TokenKiosk } from './contract.algo'
import type { Fits } from './expect'

export const isContract: TokenKiosk extends Contract ? true : false = true
export const openFits: Fits<TokenKiosk['open'], (token: Asset, price: uint64) => void> = true
export const buyFits: Fits<TokenKiosk['buy'], (payment: gtxn.PaymentTxn) => uint64> = true
