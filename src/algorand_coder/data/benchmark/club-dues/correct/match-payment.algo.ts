// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  assertMatch, Contract, Global, GlobalState, gtxn, readonly, TemplateVar, uint64,
} from '@algorandfoundation/algorand-typescript'

const DUES = TemplateVar<uint64>('DUES')

export class ClubDues extends Contract {
  paid = GlobalState<uint64>({ initialValue: 0 })

  @readonly
  dues(): uint64 {
    return DUES
  }

  payDues(payment: gtxn.PaymentTxn): uint64 {
    assertMatch(payment, { receiver: Global.currentApplicationAddress }, 'pay the club')
    assertMatch(payment, { amount: DUES }, 'wrong amount')
    const count: uint64 = this.paid.value + 1
    this.paid.value = count
    return count
  }
}
