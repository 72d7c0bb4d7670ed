// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: number is no type of the AVM
import { abimethod, assert, Contract, GlobalState } from '@algorandfoundation/algorand-typescript'

export class Cloakroom extends Contract {
  hanging = GlobalState<number>({ initialValue: 0 })

  @abimethod()
  checkIn(coats: number): number {
    assert(this.hanging.value + coats <= 500, 'the cloakroom is full')
    this.hanging.value += coats
    return this.hanging.value
  }

  @abimethod()
  checkOut(coats: number): number {
    assert(coats <= this.hanging.value, 'not that many coats')
    this.hanging.value -= coats
    return this.hanging.value
  }
}
