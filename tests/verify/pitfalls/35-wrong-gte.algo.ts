// fact 35: fails at types
import { Contract, assertMatch, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(pay: gtxn.PaymentTxn): void {
    assertMatch(pay, { amount: { gte: 5 } })
  }
}
