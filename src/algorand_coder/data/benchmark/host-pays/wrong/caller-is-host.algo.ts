// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: answers with the caller
import { Account, assert, Contract, Global, gtxn, Txn, uint64, urange } from '@algorandfoundation/algorand-typescript'

export class HostPays extends Contract {
  check(): Account {
    assert(Global.groupSize >= 2, 'too small')
    const host = gtxn.Transaction(0)
    assert(host.fee >= Global.minTxnFee * Global.groupSize, 'host must pay')
    for (const position of urange(1, Global.groupSize)) {
      assert(gtxn.Transaction(position).fee === 0, 'guests pay nothing')
    }
    return Txn.sender
  }
}
