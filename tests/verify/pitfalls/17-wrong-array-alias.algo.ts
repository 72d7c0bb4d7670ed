// fact 17: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): uint64 {
    const a: uint64[] = [1, 2]
    const b = a
    return b[0]
  }
}
