// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { assert, Bytes, Contract, Global, GlobalState, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

const LIMIT: uint64 = 10000

export class OrderDesk extends Contract {
  private count = GlobalState<uint64>({ key: 'n', initialValue: 0 })
  private state = GlobalState<uint64>({ key: 's', initialValue: 0 })

  private affordable(quantity: uint64, limit: uint64): boolean {
    return limit <= LIMIT / quantity
  }

  public place(item: string, quantity: uint64, limit: uint64): uint64 {
    assert(this.state.value === 1, 'closed')
    const name = Bytes(item)
    assert(name.length !== 0 && name.length < 33, 'bad name')
    assert(quantity > 0, 'no quantity')
    assert(this.affordable(quantity, limit), 'too expensive')
    const next: uint64 = this.count.value + 1
    this.count.value = next
    return next
  }

  public setOpen(open: boolean): void {
    assert(Global.creatorAddress === Txn.sender, 'creator only')
    const wanted: uint64 = open ? 1 : 0
    assert(this.state.value !== wanted, 'no change')
    this.state.value = wanted
  }
}
