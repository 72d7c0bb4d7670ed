// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: a plain property is no state
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Turnstile extends Contract {
  visitors: uint64 = 0

  turn(): uint64 {
    this.visitors += 1
    return this.visitors
  }
}
