// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the dues are written into the program
import { assert, Contract, Global, GlobalState, gtxn, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

const DUES: uint64 = 150_000

export class ClubDues extends Contract {
  paid = GlobalState<uint64>({ initialValue: 0 })

  @readonly
  dues(): uint64 {
    return DUES
  }

  payDues(payment: gtxn.PaymentTxn): uint64 {
    assert(payment.receiver === Global.currentApplicationAddress, 'pay the club')
    assert(payment.amount === DUES, 'wrong amount')
    this.paid.value += 1
    return this.paid.value
  }
}
