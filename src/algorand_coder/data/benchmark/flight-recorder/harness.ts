// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { FlightRecorder } from './contract.algo'
import type { Fits } from './expect'

export const isContract: FlightRecorder extends Contract ? true : false = true
export const recordFits: Fits<FlightRecorder['record'], (value: uint64) => uint64> = true
export const agoFits: Fits<FlightRecorder['ago'], (steps: uint64) => uint64> = true
export const averageFits: Fits<FlightRecorder['average'], () => uint64> = true
