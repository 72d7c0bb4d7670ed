// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: looks at the first transaction of the group wherever the call stands
import { assert, Contract, Global, GlobalState, gtxn, TransactionType, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Turnpike extends Contract {
  record = GlobalState<uint64>({ initialValue: 0 })

  enter(): uint64 {
    assert(Txn.groupIndex > 0, 'payment must come first')
    const before = gtxn.Transaction(0)
    assert(before.type === TransactionType.Payment, 'payment must come first')
    assert(before.sender === Txn.sender, 'somebody else paid')
    assert(before.receiver === Global.currentApplicationAddress, 'wrong receiver')
    if (before.amount > this.record.value) this.record.value = before.amount
    return before.amount
  }
}
