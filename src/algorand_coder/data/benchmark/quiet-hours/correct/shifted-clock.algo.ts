// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, assert, Contract, GlobalState, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export class QuietHours extends Contract {
  from = GlobalState<uint64>()
  to = GlobalState<uint64>()

  @abimethod({ onCreate: 'require' })
  createApplication(from: uint64, to: uint64): void {
    assert(from < 24 && to < 24, 'no such hour')
    this.from.value = from
    this.to.value = to
  }

  @readonly
  isQuiet(timestamp: uint64): boolean {
    const hour: uint64 = (timestamp / 3600) % 24
    const since: uint64 = (hour + 24 - this.from.value) % 24
    const length: uint64 = (this.to.value + 24 - this.from.value) % 24
    return since < length
  }
}
