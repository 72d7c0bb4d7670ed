// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { assert, Contract, Global, GlobalState, op, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Turnpike extends Contract {
  private best = GlobalState<uint64>({ key: 'record' })

  public enter(): uint64 {
    const place = Txn.groupIndex
    assert(place !== 0, 'payment must come first')
    const last: uint64 = place - 1
    assert(op.GTxn.typeEnum(last) === 1, 'payment must come first')
    assert(op.GTxn.sender(last) === Txn.sender, 'somebody else paid')
    assert(op.GTxn.receiver(last) === Global.currentApplicationAddress, 'wrong receiver')
    const paid = op.GTxn.amount(last)
    this.best.value = this.best.hasValue && this.best.value > paid ? this.best.value : paid
    return paid
  }
}
