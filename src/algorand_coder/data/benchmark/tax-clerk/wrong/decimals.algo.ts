// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: there are no fractions
import { Contract, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

function part(income: uint64, from: uint64, to: uint64): uint64 {
  if (income <= from) return 0
  return (income < to ? income : to) - from
}

export class TaxClerk extends Contract {
  @readonly
  tax(income: uint64): uint64 {
    const middle: uint64 = part(income, 10_000, 40_000) * 0.2
    const upper: uint64 = income > 40_000 ? income - 40_000 : 0
    return middle + (upper * 45) / 100
  }

  @readonly
  net(income: uint64): uint64 {
    return income - this.tax(income)
  }
}
