// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: local state is read for an account
import { abimethod, Account, assert, Contract, Global, LocalState, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class BakeryStamps extends Contract {
  stamps = LocalState<uint64>()

  optInToApplication(): void {
    this.stamps.value = 0
  }

  @abimethod()
  stamp(customer: Account, count: uint64): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'baker only')
    this.stamps.value += count
    return this.stamps.value
  }

  @abimethod()
  redeem(): uint64 {
    assert(this.stamps.value >= 10, 'ten stamps needed')
    this.stamps.value -= 10
    return this.stamps.value
  }
}
