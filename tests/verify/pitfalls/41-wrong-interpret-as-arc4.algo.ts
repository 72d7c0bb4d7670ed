// fact 41: fails at types
import { interpretAsArc4, Uint64 } from '@algorandfoundation/algorand-typescript/arc4'
import { Contract, bytes, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(b: bytes): uint64 {
    return interpretAsArc4<Uint64>(b).asUint64()
  }
}
