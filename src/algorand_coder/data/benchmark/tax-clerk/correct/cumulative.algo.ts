// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { Contract, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

function part(income: uint64, from: uint64, to: uint64): uint64 {
  if (income <= from) return 0
  return (income < to ? income : to) - from
}

export class TaxClerk extends Contract {
  @readonly
  tax(income: uint64): uint64 {
    if (income > 40_000) return 6_000 + ((income - 40_000) * 45) / 100
    return part(income, 10_000, 40_000) / 5
  }

  @readonly
  net(income: uint64): uint64 {
    return income - this.tax(income)
  }
}
