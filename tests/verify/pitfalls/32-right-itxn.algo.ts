// fact 32: passes
import { Contract, Txn, itxn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): void {
    itxn.payment({ receiver: Txn.sender, amount: 1 }).submit()
  }
}
