// fact 39: fails at types
import { UintN64 } from '@algorandfoundation/algorand-typescript/arc4'
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(a: UintN64): uint64 {
    return a.native
  }
}
