// fact 49: passes
import { Asset, Contract, uint64 } from '@algorandfoundation/algorand-typescript'

function fib(n: uint64): uint64 {
  return n < 2 ? n : fib(n - 1) + fib(n - 2)
}

export class Demo extends Contract {
  run(n: uint64, grid: uint64[][]): uint64 {
    const known = Asset(123)
    return fib(n) + known.id + grid.length
  }
}
