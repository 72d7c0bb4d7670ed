// fact 21: fails at types
import { Contract, abimethod, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  @abimethod
  run(): uint64 {
    return 1
  }
}
