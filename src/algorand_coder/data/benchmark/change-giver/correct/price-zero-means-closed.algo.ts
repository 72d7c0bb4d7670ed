// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { assert, Contract, Global, GlobalState, gtxn, itxn, op, Txn, Uint64, uint64 } from '@algorandfoundation/algorand-typescript'

export class TicketMachine extends Contract {
  private cost = GlobalState<uint64>({ key: 'c' })
  private count = GlobalState<uint64>({ key: 'n', initialValue: Uint64(0) })

  public setPrice(price: uint64): void {
    assert(op.Txn.sender === Global.creatorAddress, 'creator only')
    this.cost.value = price
  }

  public buy(payment: gtxn.PaymentTxn): uint64 {
    assert(this.cost.hasValue, 'not open')
    const cost = this.cost.value
    assert(payment.receiver === Global.currentApplicationAddress, 'pay the machine')
    assert(payment.amount >= cost, 'too little')
    if (payment.amount !== cost) {
      itxn.payment({ receiver: Txn.sender, amount: payment.amount - cost }).submit()
    }
    const tickets: uint64 = this.count.value + 1
    this.count.value = tickets
    return tickets
  }
}
