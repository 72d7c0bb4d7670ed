// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: null is no value
import { Account, assert, Contract, Global, GlobalState, gtxn, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Fund extends Contract {
  closed = GlobalState<boolean>({ initialValue: false })

  deposit(payment: gtxn.PaymentTxn): void {
    assert(this.closed.value !== null, 'closed')
    assert(payment.receiver === Global.currentApplicationAddress, 'wrong receiver')
  }

  windUp(beneficiary: Account): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(!this.closed.value, 'closed')
    this.closed.value = true
    const held = Global.currentApplicationAddress.balance
    itxn.payment({ receiver: beneficiary, amount: 0, closeRemainderTo: beneficiary, fee: 0 }).submit()
    return held
  }
}
