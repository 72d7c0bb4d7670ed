// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { bytes, Contract } from '@algorandfoundation/algorand-typescript'
import type { HexPrinter } from './contract.algo'
import type { Fits } from './expect'

export const isContract: HexPrinter extends Contract ? true : false = true
export const printFits: Fits<HexPrinter['print'], (data: bytes) => string> = true
