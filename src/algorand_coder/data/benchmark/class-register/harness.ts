// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { ClassRegister } from './contract.algo'
import type { Fits } from './expect'

export const isContract: ClassRegister extends Contract ? true : false = true
export const beginFits: Fits<ClassRegister['begin'], () => void> = true
export const markFits: Fits<ClassRegister['mark'], (day: uint64, met: boolean) => void> = true
export const metFits: Fits<ClassRegister['met'], (day: uint64) => boolean> = true
export const daysMetFits: Fits<ClassRegister['daysMet'], () => uint64> = true
