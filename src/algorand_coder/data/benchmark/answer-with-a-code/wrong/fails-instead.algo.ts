// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a sum that is too large fails the whole group
import { Account, assert, BoxMap, Contract, Global, GlobalState, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Turnover extends Contract {
  sums = BoxMap<Account, uint64>({ keyPrefix: 's' })
  paused = GlobalState<boolean>({ initialValue: false })

  add(amount: uint64): uint64 {
    if (this.paused.value) return 3
    if (amount === 0) return 1
    const sum = this.sumOf(Txn.sender)
    assert(amount <= 1000 - sum, 'too much')
    this.sums(Txn.sender).value = sum + amount
    return 0
  }

  @readonly
  sumOf(account: Account): uint64 {
    return this.sums(account).get({ default: 0 })
  }

  pause(on: boolean): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.paused.value = on
  }
}
