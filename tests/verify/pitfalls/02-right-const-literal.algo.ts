// fact 2: passes
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): uint64 {
    const x = 123
    return x
  }
}
