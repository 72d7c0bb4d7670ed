// fact 17: passes
import { Contract, clone, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): uint64 {
    const a: uint64[] = [1, 2]
    const b = clone(a)
    return b[0]
  }
}
