// fact 41: passes
import { convertBytes, Uint64 } from '@algorandfoundation/algorand-typescript/arc4'
import { Contract, bytes, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(b: bytes): uint64 {
    return convertBytes<Uint64>(b, { strategy: 'validate' }).asUint64()
  }
}
