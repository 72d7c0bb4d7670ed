// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: there is no try in a contract
import { abimethod, Account, assert, Contract, err, Global, LocalState, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class BakeryStamps extends Contract {
  stamps = LocalState<uint64>()

  optInToApplication(): void {
    this.stamps(Txn.sender).value = 0
  }

  @abimethod()
  stamp(customer: Account, count: uint64): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'baker only')
    try {
      this.stamps(customer).value += count
    } catch {
      err('not a member')
    }
    return this.stamps(customer).value
  }

  @abimethod()
  redeem(): uint64 {
    assert(this.stamps(Txn.sender).value >= 10, 'ten stamps needed')
    this.stamps(Txn.sender).value -= 10
    return this.stamps(Txn.sender).value
  }
}
