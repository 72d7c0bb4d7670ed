// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract } from '@algorandfoundation/algorand-typescript'
import type { LampPost } from './contract.algo'
import type { Fits } from './expect'

export const isContract: LampPost extends Contract ? true : false = true
export const pressFits: Fits<LampPost['press'], () => string> = true
export const repairFits: Fits<LampPost['repair'], () => void> = true
export const lookFits: Fits<LampPost['look'], () => string> = true
