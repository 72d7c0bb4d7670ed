// fact 20: passes
import { Contract, Uint64, uint64 } from '@algorandfoundation/algorand-typescript'

const LIMIT = Uint64(5)

export class Demo extends Contract {
  run(): uint64 {
    return LIMIT
  }
}
