// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, assert, Contract, Global, GlobalState, gtxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

const FARE: uint64 = 120_010

export class Ferry extends Contract {
  tickets = GlobalState<uint64>({ initialValue: 100 })

  @abimethod()
  board(payment: gtxn.PaymentTxn): uint64 {
    assert(payment.sender === Txn.sender, 'pay yourself')
    assert(payment.receiver === Global.currentApplicationAddress, 'pay the ferry')
    assert(payment.amount === FARE, 'wrong fare')
    this.tickets.value += 1
    return this.tickets.value
  }
}
