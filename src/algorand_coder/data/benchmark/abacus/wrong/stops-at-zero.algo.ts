// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: answers zero instead of failing
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Abacus extends Contract {
  plus(a: uint64, b: uint64): uint64 {
    return a + b
  }

  minus(a: uint64, b: uint64): uint64 {
    return a >= b ? a - b : 0
  }
}
