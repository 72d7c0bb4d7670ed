// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { assert, Contract, Global, gtxn, op, uint64 } from '@algorandfoundation/algorand-typescript'

const PRICE: uint64 = 250000

function paidBy(payment: gtxn.PaymentTxn): boolean {
  return payment.sender === op.Txn.sender
}

export class TollRoad extends Contract {
  private checkPayment(payment: gtxn.PaymentTxn): void {
    assert(paidBy(payment), 'not your payment')
    assert(Global.currentApplicationAddress === payment.receiver, 'wrong receiver')
    assert(!(payment.amount < PRICE), 'toll not paid')
    const closed = payment.closeRemainderTo !== Global.zeroAddress
    assert(!closed, 'do not close')
  }

  public pass(payment: gtxn.PaymentTxn): uint64 {
    this.checkPayment(payment)
    const tip: uint64 = payment.amount - PRICE
    return tip
  }
}
