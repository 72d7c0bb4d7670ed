// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: a template variable is no property of the contract
import {
  assert, Contract, Global, GlobalState, gtxn, readonly, TemplateVar, uint64,
} from '@algorandfoundation/algorand-typescript'

export class ClubDues extends Contract {
  price = TemplateVar<uint64>('DUES')
  paid = GlobalState<uint64>({ initialValue: 0 })

  @readonly
  dues(): uint64 {
    return this.price
  }

  payDues(payment: gtxn.PaymentTxn): uint64 {
    assert(payment.receiver === Global.currentApplicationAddress, 'pay the club')
    assert(payment.amount === this.price, 'wrong amount')
    this.paid.value += 1
    return this.paid.value
  }
}
