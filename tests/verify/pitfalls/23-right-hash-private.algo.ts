// fact 23: passes
import { Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  #count = GlobalState<uint64>()
  
  run(): uint64 {
    return this.#count.value
  }
}
