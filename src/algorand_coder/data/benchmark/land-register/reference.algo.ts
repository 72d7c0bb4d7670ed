// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, assert, baremethod, Contract, Global, GlobalState, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class LandRegister extends Contract {
  plots = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  enrol(): uint64 {
    this.plots.value += 1
    return this.plots.value
  }

  @abimethod()
  strike(): uint64 {
    assert(this.plots.value > 0, 'no plots')
    this.plots.value -= 1
    return this.plots.value
  }

  @baremethod({ allowActions: 'DeleteApplication' })
  close(): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(this.plots.value === 0, 'plots are registered')
  }
}
