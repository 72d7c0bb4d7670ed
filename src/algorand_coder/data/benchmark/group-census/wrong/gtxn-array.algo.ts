// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the group is no array
import {
  abimethod, assert, Contract, Global, GlobalState, gtxn, readonly, TransactionType, uint64, urange,
} from '@algorandfoundation/algorand-typescript'

export class GroupCensus extends Contract {
  total = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  count(): uint64 {
    assert(Global.groupSize > 1, 'alone')
    let sum: uint64 = 0
    for (const index of urange(Global.groupSize)) {
      const each = gtxn[index]
      if (each.type === TransactionType.Payment) {
        assert(each.closeRemainderTo === Global.zeroAddress, 'no closing')
        if (each.receiver === Global.currentApplicationAddress) {
          sum += each.amount
        }
      }
    }
    this.total.value += sum
    return sum
  }

  @readonly
  raised(): uint64 {
    return this.total.value
  }
}
