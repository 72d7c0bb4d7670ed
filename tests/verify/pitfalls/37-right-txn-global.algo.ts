// fact 37: passes
import { Contract, Global, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): uint64 {
    return Txn.fee + Global.currentApplicationId.id
  }
}
