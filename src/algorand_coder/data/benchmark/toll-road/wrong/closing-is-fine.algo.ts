// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: lets the driver's account be closed
import { assert, Contract, Global, gtxn, Txn, Uint64, uint64 } from '@algorandfoundation/algorand-typescript'

const TOLL = Uint64(250_000)

export class TollRoad extends Contract {
  pass(payment: gtxn.PaymentTxn): uint64 {
    assert(payment.sender === Txn.sender, 'not your payment')
    assert(payment.receiver === Global.currentApplicationAddress, 'wrong receiver')
    assert(payment.amount >= TOLL, 'toll not paid')
    return payment.amount - TOLL
  }
}
