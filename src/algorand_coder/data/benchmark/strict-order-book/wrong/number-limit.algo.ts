// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: numbers are uint64
import { assert, Bytes, Contract, Global, GlobalState, op, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class OrderDesk extends Contract {
  orders = GlobalState<uint64>({ initialValue: 0 })
  open = GlobalState<boolean>({ initialValue: false })

  place(item: string, quantity: uint64, limit: string): uint64 {
    assert(this.open.value, 'closed')
    const size = Bytes(item).length
    assert(size >= 1 && size <= 32, 'bad name')
    assert(quantity !== 0, 'no quantity')
    const [high, product] = op.mulw(quantity, limit)
    assert(high === 0 && product <= 10_000, 'too expensive')
    this.orders.value += 1
    return this.orders.value
  }

  setOpen(open: boolean): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(this.open.value !== open, 'no change')
    this.open.value = open
  }
}
