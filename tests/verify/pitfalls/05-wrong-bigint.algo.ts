// fact 5: fails at compile
import { Contract } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(a: bigint): bigint {
    return a
  }
}
