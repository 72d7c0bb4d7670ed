// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { OperaSeats } from './contract.algo'
import type { Fits } from './expect'

export const isContract: OperaSeats extends Contract ? true : false = true
type OnSeat<Result> = (evening: uint64, row: uint64, seat: uint64) => Result
export const takeFits: Fits<OperaSeats['take'], OnSeat<void>> = true
export const releaseFits: Fits<OperaSeats['release'], OnSeat<void>> = true
export const isFreeFits: Fits<OperaSeats['isFree'], OnSeat<boolean>> = true
