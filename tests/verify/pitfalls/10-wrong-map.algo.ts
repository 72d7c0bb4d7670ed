// fact 10: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(a: uint64): uint64 {
    const seen = new Map<uint64, uint64>()
    seen.set(a, 1)
    return a
  }
}
