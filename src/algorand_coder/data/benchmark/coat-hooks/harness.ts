// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { CoatHooks } from './contract.algo'
import type { Fits } from './expect'

export const isContract: CoatHooks extends Contract ? true : false = true
export const hangFits: Fits<CoatHooks['hang'], () => uint64> = true
export const fetchFits: Fits<CoatHooks['fetch'], () => uint64> = true
export const freeFits: Fits<CoatHooks['free'], () => uint64> = true
