// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

export class Turnstile extends Contract {
  visitors = GlobalState<uint64>({ initialValue: 0 })

  turn(): uint64 {
    const now: uint64 = this.visitors.value + 1
    this.visitors.value = now
    return now
  }
}
