// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract } from '@algorandfoundation/algorand-typescript'
import type { MySettings } from './contract.algo'
import type { Fits } from './expect'

export const isContract: MySettings extends Contract ? true : false = true
export const putFits: Fits<MySettings['put'], (name: string, value: string) => void> = true
export const takeFits: Fits<MySettings['take'], (name: string) => string> = true
export const showFits: Fits<MySettings['show'], (user: Account, name: string) => string> = true
