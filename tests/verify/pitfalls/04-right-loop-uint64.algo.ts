// fact 4: passes
import { Contract, Uint64, uint64, urange } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(n: uint64): uint64 {
    let sum: uint64 = 0
    for (let i: uint64 = 0; i < n; i++) {
      sum += i
    }
    for (let j = Uint64(0); j < n; j++) {
      sum += j
    }
    for (const k of urange(n)) {
      sum += k
    }
    return sum
  }
}
