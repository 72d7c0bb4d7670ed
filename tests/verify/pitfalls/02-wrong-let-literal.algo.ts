// fact 2: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): uint64 {
    let x = 20
    x += 1
    return x
  }
}
