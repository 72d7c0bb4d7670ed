// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: payments to others count as well
import { assert, Contract, Global, GlobalState, gtxn, TransactionType, Uint64, uint64, urange } from '@algorandfoundation/algorand-typescript'

export class CollectionBox extends Contract {
  total = GlobalState<uint64>({ initialValue: Uint64(0) })

  count(): uint64 {
    let sum: uint64 = 0
    let donations: uint64 = 0
    for (const index of urange(Global.groupSize)) {
      const txn = gtxn.Transaction(index)
      assert(txn.rekeyTo === Global.zeroAddress, 'no rekeying')
      if (txn.type === TransactionType.Payment) {
        sum += txn.amount
        donations += 1
      }
    }
    assert(donations > 0, 'no donations')
    this.total.value += sum
    return sum
  }
}
