// fact 19: fails at types
import { Contract, MutableArray, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): uint64 {
    const a = new MutableArray<uint64>()
    a.push(1)
    return a.length
  }
}
