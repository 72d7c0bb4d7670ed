// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: one of the two methods is missing
import { abimethod, assert, Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

export class Cloakroom extends Contract {
  hanging = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  checkIn(coats: uint64): uint64 {
    assert(this.hanging.value + coats <= 500, 'the cloakroom is full')
    this.hanging.value += coats
    return this.hanging.value
  }
}
