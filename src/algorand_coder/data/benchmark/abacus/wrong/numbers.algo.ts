// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: number is no type of the AVM
import { assert, Contract } from '@algorandfoundation/algorand-typescript'

export class Abacus extends Contract {
  plus(a: number, b: number): number {
    return a + b
  }

  minus(a: number, b: number): number {
    assert(a >= b, 'below zero')
    return a - b
  }
}
