// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { ParkingMeter } from './contract.algo'
import type { Fits } from './expect'

export const isContract: ParkingMeter extends Contract ? true : false = true
export const feeFits: Fits<ParkingMeter['fee'], (minutes: uint64) => uint64> = true
