// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the factory is called payment
import { assert, Contract, Global, GlobalState, gtxn, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class TicketMachine extends Contract {
  price = GlobalState<uint64>()
  sold = GlobalState<uint64>({ initialValue: 0 })

  setPrice(price: uint64): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.price.value = price
  }

  buy(payment: gtxn.PaymentTxn): uint64 {
    assert(this.price.hasValue, 'not open')
    assert(payment.receiver === Global.currentApplicationAddress, 'pay the machine')
    assert(payment.amount >= this.price.value, 'too little')
    const change: uint64 = payment.amount - this.price.value
    if (change > 0) itxn.Payment({ receiver: Txn.sender, amount: change, fee: 0 }).submit()
    this.sold.value += 1
    return this.sold.value
  }
}
