// fact 36: passes
import { Contract, Txn, itxn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): void {
    itxn.submitGroup(
      itxn.payment({ receiver: Txn.sender, amount: 1 }),
      itxn.payment({ receiver: Txn.sender, amount: 2 }),
    )
  }
}
