// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { assert, Contract, Global, GlobalState, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

const OFF: uint64 = 0
const ON: uint64 = 1
const BROKEN: uint64 = 2

export class LampPost extends Contract {
  state = GlobalState<uint64>({ initialValue: OFF })
  presses = GlobalState<uint64>({ initialValue: 0 })

  press(): string {
    assert(this.state.value !== BROKEN, 'broken')
    this.presses.value += 1
    if (this.presses.value % 10 === 0) {
      this.state.value = BROKEN
    } else {
      this.state.value = ON - this.state.value
    }
    return this.look()
  }

  repair(): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(this.state.value === BROKEN, 'not broken')
    this.state.value = OFF
  }

  @readonly
  look(): string {
    if (this.state.value === OFF) return 'off'
    return this.state.value === ON ? 'on' : 'broken'
  }
}
