// fact 3: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(a: uint64, b: uint64): uint64 {
    const s = a + b
    return s
  }
}
