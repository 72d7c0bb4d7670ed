// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { assert, Contract, Global, GlobalState, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class RainGauge extends Contract {
  count = GlobalState<uint64>({ initialValue: 0 })
  sum = GlobalState<uint64>({ initialValue: 0 })
  least = GlobalState<uint64>()
  most = GlobalState<uint64>()

  add(amount: uint64): void {
    if (this.count.value === 0) {
      this.least.value = amount
      this.most.value = amount
    } else if (amount < this.least.value) {
      this.least.value = amount
    } else if (amount > this.most.value) {
      this.most.value = amount
    }
    this.count.value += 1
    this.sum.value += amount
  }

  @readonly
  summary(): [uint64, uint64, uint64, uint64] {
    assert(this.count.value > 0, 'no rain yet')
    return [this.count.value, this.sum.value, this.least.value, this.most.value]
  }

  reset(): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.count.value = 0
    this.sum.value = 0
  }
}
