// fact 22: passes
import { Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  limit = GlobalState<uint64>()
  
  createApplication(limit: uint64): void {
    this.limit.value = limit
  }
  
  run(): uint64 {
    return this.limit.value
  }
}
