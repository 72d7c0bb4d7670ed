// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: there is no Date
import { Bytes, bytes, Contract, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

function twoDigits(value: uint64): bytes {
  const digits = Bytes('0123456789')
  const tens: uint64 = value / 10
  const ones: uint64 = value % 10
  return digits.slice(tens, tens + 1).concat(digits.slice(ones, ones + 1))
}

export class Sundial extends Contract {
  @readonly
  weekday(timestamp: uint64): uint64 {
    const day = new Date(timestamp).getUTCDay()
    return day === 0 ? 7 : day
  }

  @readonly
  clock(timestamp: uint64): string {
    const minutes: uint64 = (timestamp % 86_400) / 60
    return twoDigits(minutes / 60).concat(Bytes(':')).concat(twoDigits(minutes % 60)).toString()
  }
}
