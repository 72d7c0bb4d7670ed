// fact 12: passes
import { Contract, assert, err, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(a: uint64): uint64 {
    assert(a > 0, 'zero')
    if (a > 3) {
      err('too big')
    }
    return a
  }
}
