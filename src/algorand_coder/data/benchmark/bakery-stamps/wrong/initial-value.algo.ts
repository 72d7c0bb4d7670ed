// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: local state has no initial value; it is set on opt-in
import { abimethod, Account, assert, Contract, Global, LocalState, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class BakeryStamps extends Contract {
  stamps = LocalState<uint64>({ initialValue: 0 })

  optInToApplication(): void {}

  @abimethod()
  stamp(customer: Account, count: uint64): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'baker only')
    this.stamps(customer).value += count
    return this.stamps(customer).value
  }

  @abimethod()
  redeem(): uint64 {
    assert(this.stamps(Txn.sender).value >= 10, 'ten stamps needed')
    this.stamps(Txn.sender).value -= 10
    return this.stamps(Txn.sender).value
  }
}
