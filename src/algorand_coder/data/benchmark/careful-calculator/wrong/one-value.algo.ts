// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: addw gives two values
import { assert, Contract, op, uint64 } from '@algorandfoundation/algorand-typescript'

export class CarefulCalculator extends Contract {
  add(a: uint64, b: uint64): uint64 {
    const sum: uint64 = op.addw(a, b)
    assert(sum >= a, 'sum too large')
    return sum
  }

  subtract(a: uint64, b: uint64): uint64 {
    assert(a >= b, 'below zero')
    return a - b
  }

  multiply(a: uint64, b: uint64): uint64 {
    const [high, low] = op.mulw(a, b)
    assert(high === 0, 'product too large')
    return low
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
