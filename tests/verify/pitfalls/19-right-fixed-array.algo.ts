// fact 19: passes
import { Contract, FixedArray, ReferenceArray, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): uint64 {
    const a = new FixedArray<uint64, 2>(1, 2)
    const b = new ReferenceArray<uint64>()
    b.push(a[0])
    return b.length
  }
}
