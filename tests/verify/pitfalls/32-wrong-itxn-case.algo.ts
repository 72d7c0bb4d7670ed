// fact 32: fails at types
import { Contract, Txn, itxn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): void {
    itxn.Payment({ receiver: Txn.sender, amount: 1 }).submit()
  }
}
