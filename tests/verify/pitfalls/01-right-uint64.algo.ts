// fact 1: passes
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  add(a: uint64): uint64 {
    return a
  }
}
