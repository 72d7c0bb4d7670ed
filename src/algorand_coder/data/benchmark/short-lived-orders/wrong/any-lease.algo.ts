// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a transaction without lease passes
import { assert, bytes, Contract, op, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class FreshOrders extends Contract {
  order(quantity: uint64): uint64 {
    assert(Txn.lastValid - Txn.firstValid <= 20, 'too long-lived')
    const unused: bytes = op.bzero(32)
    assert(unused.length === 32, 'no lease')
    assert(Txn.note.length > 0, 'no note')
    return op.getByte(Txn.note, 0) + quantity
  }
}
