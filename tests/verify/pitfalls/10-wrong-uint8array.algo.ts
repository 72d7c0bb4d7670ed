// fact 10: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): uint64 {
    const a = new Uint8Array(3)
    return a.length
  }
}
