// fact 22: passes
import { Contract, GlobalState, baremethod, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  limit = GlobalState<uint64>()
  
  @baremethod({ onCreate: 'require' })
  create(): void {
    this.limit.value = 4
  }
  
  run(): uint64 {
    return this.limit.value
  }
}
