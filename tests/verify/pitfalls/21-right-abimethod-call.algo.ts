// fact 21: passes
import { Contract, abimethod, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  @abimethod()
  run(): uint64 {
    return 1
  }
  
  @readonly
  look(): uint64 {
    return 2
  }
}
