// fact 39: passes
import { Uint64 } from '@algorandfoundation/algorand-typescript/arc4'
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(a: Uint64): uint64 {
    return a.asUint64()
  }
}
