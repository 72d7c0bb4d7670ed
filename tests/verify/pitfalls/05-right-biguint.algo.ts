// fact 5: passes
import { Contract, biguint } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(a: biguint): biguint {
    return a + 2n
  }
}
