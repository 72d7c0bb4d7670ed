// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: there are no exceptions in a contract
import { abimethod, Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

export class Cloakroom extends Contract {
  hanging = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  checkIn(coats: uint64): uint64 {
    if (this.hanging.value + coats > 500) throw new Error('the cloakroom is full')
    this.hanging.value += coats
    return this.hanging.value
  }

  @abimethod()
  checkOut(coats: uint64): uint64 {
    if (coats > this.hanging.value) throw new Error('not that many coats')
    this.hanging.value -= coats
    return this.hanging.value
  }
}
