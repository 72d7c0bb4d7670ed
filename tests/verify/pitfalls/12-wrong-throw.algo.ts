// fact 12: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(a: uint64): uint64 {
    if (a > 3) {
      throw new Error('too big')
    }
    return a
  }
}
