// fact 8: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(a?: uint64): uint64 {
    return a ?? 0
  }
}
