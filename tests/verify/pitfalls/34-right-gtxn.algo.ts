// fact 34: passes
import { Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(pay: gtxn.PaymentTxn): uint64 {
    return pay.amount + gtxn.PaymentTxn(0).amount
  }
}
