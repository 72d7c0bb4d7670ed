// fact 7: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(a: uint64): boolean {
    return a == 1
  }
}
