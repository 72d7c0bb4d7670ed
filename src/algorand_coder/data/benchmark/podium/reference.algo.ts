// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { assert, Contract, ensureBudget, readonly, uint64, urange } from '@algorandfoundation/algorand-typescript'

const NOBODY: uint64 = 1_000

export class Podium extends Contract {
  @readonly
  medals(results: uint64[]): [uint64, uint64, uint64] {
    assert(results.length >= 3, 'too few')
    assert(results.length <= 40, 'too many')
    ensureBudget(6_000)
    const gold = this.best(results, NOBODY, NOBODY)
    const silver = this.best(results, gold, NOBODY)
    return [gold, silver, this.best(results, gold, silver)]
  }

  private best(results: readonly uint64[], gold: uint64, silver: uint64): uint64 {
    let position: uint64 = NOBODY
    let highest: uint64 = 0
    for (const i of urange(results.length)) {
      if (i !== gold && i !== silver && (position === NOBODY || results[i] > highest)) {
        position = i
        highest = results[i]
      }
    }
    return position
  }
}
