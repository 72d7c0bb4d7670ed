// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  abimethod, assert, clone, Contract, FixedArray, GlobalState, readonly, uint64,
} from '@algorandfoundation/algorand-typescript'

const SIZE: uint64 = 8

export class FlightRecorder extends Contract {
  ring = GlobalState<FixedArray<uint64, 8>>({ initialValue: new FixedArray<uint64, 8>(0, 0, 0, 0, 0, 0, 0, 0) })
  recorded = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  record(value: uint64): uint64 {
    const ring = clone(this.ring.value)
    for (let i: uint64 = SIZE - 1; i > 0; i -= 1) {
      ring[i] = ring[i - 1]
    }
    ring[0] = value
    this.ring.value = clone(ring)
    this.recorded.value += 1
    return this.recorded.value
  }

  @readonly
  ago(steps: uint64): uint64 {
    assert(steps < SIZE && steps < this.recorded.value, 'not recorded')
    return this.ring.value[steps]
  }

  @readonly
  average(): uint64 {
    const count: uint64 = this.recorded.value < SIZE ? this.recorded.value : SIZE
    if (count === 0) return 0
    let sum: uint64 = 0
    for (const value of this.ring.value) {
      sum += value
    }
    return sum / count
  }
}
