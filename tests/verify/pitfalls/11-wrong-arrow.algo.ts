// fact 11: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(a: uint64): uint64 {
    const twice = (x: uint64): uint64 => x * 2
    return twice(a)
  }
}
