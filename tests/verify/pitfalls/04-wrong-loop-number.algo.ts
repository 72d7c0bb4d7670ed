// fact 4: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(n: uint64): uint64 {
    let sum: uint64 = 0
    for (let i = 0; i < n; i++) {
      sum += i
    }
    return sum
  }
}
