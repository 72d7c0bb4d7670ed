// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { ShipLog } from './contract.algo'
import type { Fits } from './expect'

export const isContract: ShipLog extends Contract ? true : false = true
export const appendFits: Fits<ShipLog['append'], (text: string) => uint64> = true
export const lineFits: Fits<ShipLog['line'], (number: uint64) => string> = true
