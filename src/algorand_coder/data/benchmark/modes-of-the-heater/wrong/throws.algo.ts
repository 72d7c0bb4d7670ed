// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: a contract cannot throw
import { assert, Contract, err, GlobalState, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

function degrees(mode: string): uint64 {
  switch (mode) {
    case 'off':
      return 5
    case 'eco':
      return 18
    case 'max':
      return 24
    default:
      throw new Error('unknown mode')
  }
}

export class Heater extends Contract {
  mode = GlobalState<string>({ initialValue: 'off' })

  setMode(mode: string): uint64 {
    const wanted = degrees(mode)
    assert(this.mode.value !== mode, 'already set')
    this.mode.value = mode
    return wanted
  }

  @readonly
  target(): uint64 {
    return degrees(this.mode.value)
  }
}
