// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: an overflow fails without the message
import { assert, Bytes, Contract, Global, GlobalState, op, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class OrderDesk extends Contract {
  orders = GlobalState<uint64>({ initialValue: 0 })
  open = GlobalState<boolean>({ initialValue: false })

  place(item: string, quantity: uint64, limit: uint64): uint64 {
    assert(this.open.value, 'closed')
    const size = Bytes(item).length
    assert(size >= 1 && size <= 32, 'bad name')
    assert(quantity !== 0, 'no quantity')
    assert(quantity * limit <= 10_000, 'too expensive')
    assert(op.Global.round > 0)
    this.orders.value += 1
    return this.orders.value
  }

  setOpen(open: boolean): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(this.open.value !== open, 'no change')
    this.open.value = open
  }
}
