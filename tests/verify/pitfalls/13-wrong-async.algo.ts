// fact 13: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  async run(a: uint64): Promise<uint64> {
    return a
  }
}
