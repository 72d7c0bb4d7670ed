// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, assert, Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

const CAPACITY = 500

export class Cloakroom extends Contract {
  hanging = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  checkIn(coats: uint64): uint64 {
    assert(this.hanging.value + coats <= CAPACITY, 'the cloakroom is full')
    this.hanging.value += coats
    return this.hanging.value
  }

  @abimethod()
  checkOut(coats: uint64): uint64 {
    assert(coats <= this.hanging.value, 'not that many coats')
    this.hanging.value -= coats
    return this.hanging.value
  }
}
