// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: answers with the balance before the payment
import { abimethod, Account, assert, Contract, Global, GlobalState, gtxn, itxn, uint64 } from '@algorandfoundation/algorand-typescript'

function agrees(position: uint64, party: Account): boolean {
  const sign = gtxn.PaymentTxn(position)
  return sign.sender === party && sign.receiver === party && sign.amount === 0
}

export class Agreement extends Contract {
  first = GlobalState<Account>()
  second = GlobalState<Account>()

  @abimethod({ onCreate: 'require' })
  create(first: Account, second: Account): void {
    this.first.value = first
    this.second.value = second
  }

  release(to: Account, amount: uint64): uint64 {
    assert(Global.groupSize === 3, 'three needed')
    assert(agrees(0, this.first.value), 'first must agree')
    assert(agrees(1, this.second.value), 'second must agree')
    const before = Global.currentApplicationAddress.balance
    itxn.payment({ receiver: to, amount, fee: 0 }).submit()
    return before
  }
}
