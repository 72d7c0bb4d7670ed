// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

function within(value: number, low: number, high: number): number {
  if (!Number.isInteger(value) || value < low || value > high) throw new RangeError(`${value} is not between ${low} and ${high}`)
  return value
}

export function boxDeposit(nameBytes: number, contentBytes: number): AlgoAmount {
  const name = BigInt(within(nameBytes, 1, 64))
  return AlgoAmount.MicroAlgos(2_500n + (name + BigInt(within(contentBytes, 0, 32_768))) * 400n)
}
