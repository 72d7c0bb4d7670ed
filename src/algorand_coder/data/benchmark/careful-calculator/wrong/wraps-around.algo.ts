// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: gives the low half of a product that is too large
import { assert, Contract, op, uint64 } from '@algorandfoundation/algorand-typescript'

export class CarefulCalculator extends Contract {
  add(a: uint64, b: uint64): uint64 {
    const [carry, sum] = op.addw(a, b)
    assert(carry === 0, 'sum too large')
    return sum
  }

  subtract(a: uint64, b: uint64): uint64 {
    assert(a >= b, 'below zero')
    return a - b
  }

  multiply(a: uint64, b: uint64): uint64 {
    const [high, low] = op.mulw(a, b)
    return high === 0 ? low : low
  }

  divide(a: uint64, b: uint64): uint64 {
    assert(b > 0, 'division by zero')
    return a / b
  }

  power(base: uint64, exponent: uint64): uint64 {
    if (exponent === 0) return 1
    const [high, low] = op.expw(base, exponent)
    assert(high === 0, 'power too large')
    return low
  }
}
