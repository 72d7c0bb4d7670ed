// fact 35: passes
import { Contract, assertMatch, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(pay: gtxn.PaymentTxn): void {
    assertMatch(pay, { amount: { greaterThanEq: 5 }, fee: { between: [0, 5000] } })
  }
}
