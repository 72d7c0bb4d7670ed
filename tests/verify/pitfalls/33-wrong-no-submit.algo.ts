// fact 33: fails at compile
import { Contract, Txn, itxn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): void {
    itxn.payment({ receiver: Txn.sender, amount: 1 })
  }
}
