// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Asset, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { MembersLounge } from './contract.algo'
import type { Fits } from './expect'

export const isContract: MembersLounge extends Contract ? true : false = true
export const createApplicationFits: Fits<MembersLounge['createApplication'], (card: Asset, units: uint64) => void> = true
export const enterFits: Fits<MembersLounge['enter'], () => uint64> = true
