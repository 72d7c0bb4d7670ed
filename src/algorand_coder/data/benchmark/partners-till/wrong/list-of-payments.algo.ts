// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: submitGroup takes the transactions as arguments
import { abimethod, Account, assert, Contract, GlobalState, itxn, uint64 } from '@algorandfoundation/algorand-typescript'

export class PartnersTill extends Contract {
  first = GlobalState<Account>()
  second = GlobalState<Account>()

  @abimethod({ onCreate: 'require' })
  create(first: Account, second: Account): void {
    this.first.value = first
    this.second.value = second
  }

  settle(amount: uint64): uint64 {
    assert(amount > 0, 'nothing to settle')
    const half: uint64 = amount / 2
    const rest: uint64 = amount - half
    itxn.submitGroup([
      itxn.payment({ receiver: this.first.value, amount: rest, fee: 0 }),
      itxn.payment({ receiver: this.second.value, amount: half, fee: 0 }),
    ])
    return rest
  }
}
