// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'
import type { RoofFund } from './contract.algo'
import type { Fits } from './expect'

export const isContract: RoofFund extends Contract ? true : false = true
export const createApplicationFits: Fits<RoofFund['createApplication'], (goal: uint64, rounds: uint64) => void> = true
export const giveFits: Fits<RoofFund['give'], (gift: gtxn.PaymentTxn) => uint64> = true
export const collectFits: Fits<RoofFund['collect'], () => void> = true
export const takeBackFits: Fits<RoofFund['takeBack'], () => uint64> = true
