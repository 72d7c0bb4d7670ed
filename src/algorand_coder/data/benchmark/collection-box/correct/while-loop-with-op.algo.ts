// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { assert, Contract, GlobalState, op, uint64 } from '@algorandfoundation/algorand-typescript'

const PAY: uint64 = 1

export class CollectionBox extends Contract {
  total = GlobalState<uint64>({ initialValue: 0 })

  count(): uint64 {
    const before = this.total.value
    let i: uint64 = 0
    let found = false
    while (i < op.Global.groupSize) {
      assert(op.GTxn.rekeyTo(i) === op.Global.zeroAddress, 'no rekeying')
      if (op.GTxn.typeEnum(i) === PAY && op.GTxn.receiver(i) === op.Global.currentApplicationAddress) {
        found = true
        this.total.value = this.total.value + op.GTxn.amount(i)
      }
      i = i + 1
    }
    assert(found, 'no donations')
    return this.total.value - before
  }
}
