// fact 3: passes
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(a: uint64, b: uint64): uint64 {
    const s: uint64 = a + b
    return s * 2
  }
}
