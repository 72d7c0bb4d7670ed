// fact 23: passes
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): uint64 {
    return this.one()
  }
  
  private one(): uint64 {
    return 1
  }
}
