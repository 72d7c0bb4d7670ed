// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { CarefulCalculator } from './contract.algo'
import type { Fits } from './expect'

export const isContract: CarefulCalculator extends Contract ? true : false = true
export const addFits: Fits<CarefulCalculator['add'], (a: uint64, b: uint64) => uint64> = true
export const subtractFits: Fits<CarefulCalculator['subtract'], (a: uint64, b: uint64) => uint64> = true
export const multiplyFits: Fits<CarefulCalculator['multiply'], (a: uint64, b: uint64) => uint64> = true
export const divideFits: Fits<CarefulCalculator['divide'], (a: uint64, b: uint64) => uint64> = true
export const powerFits: Fits<CarefulCalculator['power'], (base: uint64, exponent: uint64) => uint64> = true
