// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, assert, Contract, Global, GlobalState, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class RainGauge extends Contract {
  record = GlobalState<[uint64, uint64, uint64, uint64]>()

  @abimethod()
  add(amount: uint64): void {
    if (!this.record.hasValue) {
      this.record.value = [1, amount, amount, amount]
      return
    }
    const [count, sum, least, most] = this.record.value
    this.record.value = [count + 1, sum + amount, amount < least ? amount : least, amount > most ? amount : most]
  }

  @abimethod({ readonly: true })
  summary(): [uint64, uint64, uint64, uint64] {
    assert(this.record.hasValue, 'no rain yet')
    return this.record.value
  }

  @abimethod()
  reset(): void {
    assert(Global.creatorAddress === Txn.sender, 'creator only')
    this.record.delete()
  }
}
