// fact 6: passes
import { Bytes, Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(s: string): uint64 {
    return Bytes(s).length
  }
}
