// fact 11: passes
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

function twice(x: uint64): uint64 {
  return x * 2
}

export class Demo extends Contract {
  run(a: uint64[]): uint64 {
    let sum: uint64 = 0
    for (const x of a) {
      sum += twice(x)
    }
    return sum
  }
}
