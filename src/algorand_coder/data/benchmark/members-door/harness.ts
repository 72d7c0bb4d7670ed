// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Asset, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { MembersDoor } from './contract.algo'
import type { Fits } from './expect'

export const isContract: MembersDoor extends Contract ? true : false = true
export const createFits: Fits<MembersDoor['create'], (token: Asset, least: uint64) => void> = true
export const enterFits: Fits<MembersDoor['enter'], () => uint64> = true
