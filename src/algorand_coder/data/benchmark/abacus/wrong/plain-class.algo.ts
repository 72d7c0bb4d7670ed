// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the class is no contract
import { assert, uint64 } from '@algorandfoundation/algorand-typescript'

export class Abacus {
  plus(a: uint64, b: uint64): uint64 {
    return a + b
  }

  minus(a: uint64, b: uint64): uint64 {
    assert(a >= b, 'below zero')
    return a - b
  }
}
