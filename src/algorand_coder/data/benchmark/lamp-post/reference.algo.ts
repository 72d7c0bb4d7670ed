// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { assert, Contract, Global, GlobalState, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class LampPost extends Contract {
  state = GlobalState<string>({ initialValue: 'off' })
  presses = GlobalState<uint64>({ initialValue: 0 })

  press(): string {
    assert(this.state.value !== 'broken', 'broken')
    this.presses.value += 1
    if (this.presses.value % 10 === 0) {
      this.state.value = 'broken'
    } else {
      this.state.value = this.state.value === 'off' ? 'on' : 'off'
    }
    return this.state.value
  }

  repair(): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(this.state.value === 'broken', 'not broken')
    this.state.value = 'off'
  }

  @readonly
  look(): string {
    return this.state.value
  }
}
