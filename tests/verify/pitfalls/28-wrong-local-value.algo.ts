// fact 28: fails at types
import { Contract, LocalState, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  seen = LocalState<uint64>()
  
  run(): uint64 {
    return this.seen.value
  }
}
