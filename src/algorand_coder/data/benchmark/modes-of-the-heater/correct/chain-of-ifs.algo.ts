// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, assert, Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

export class Heater extends Contract {
  private celsius = GlobalState<uint64>({ key: 't', initialValue: 5 })

  public setMode(mode: string): uint64 {
    assert(mode === 'off' || mode === 'eco' || mode === 'max', 'unknown mode')
    let next: uint64 = 24
    if (mode === 'off') {
      next = 5
    } else if (mode === 'eco') {
      next = 18
    }
    assert(next !== this.celsius.value, 'already set')
    this.celsius.value = next
    return next
  }

  @abimethod({ readonly: true })
  public target(): uint64 {
    return this.celsius.value
  }
}
