// fact 28: passes
import { Account, Contract, LocalState, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  seen = LocalState<uint64>()
  
  run(who: Account): uint64 {
    return this.seen(who).value
  }
}
