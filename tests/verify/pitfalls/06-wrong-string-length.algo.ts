// fact 6: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(s: string): uint64 {
    return s.length
  }
}
