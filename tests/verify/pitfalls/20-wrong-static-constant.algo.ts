// fact 20: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  static readonly LIMIT: uint64 = 5
  
  run(): uint64 {
    return Demo.LIMIT
  }
}
