// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { bytes, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { SignedCoupons } from './contract.algo'
import type { Fits } from './expect'

export const isContract: SignedCoupons extends Contract ? true : false = true
export const createApplicationFits: Fits<SignedCoupons['createApplication'], (key: bytes) => void> = true
export const redeemFits: Fits<SignedCoupons['redeem'], (number: uint64, worth: uint64, signature: bytes<64>) => uint64> = true
