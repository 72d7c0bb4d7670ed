// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { GreenRoom, Guarded } from './contract.algo'
import type { Fits } from './expect'

export const isContract: Guarded extends Contract ? true : false = true
export const inherits: GreenRoom extends Guarded ? true : false = true
export const pauseFits: Fits<GreenRoom['pause'], () => void> = true
export const resumeFits: Fits<GreenRoom['resume'], () => void> = true
export const enterFits: Fits<GreenRoom['enter'], () => uint64> = true
export const leaveFits: Fits<GreenRoom['leave'], () => uint64> = true
