// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: an account can be in the list twice
import {
  abimethod, Account, assert, Box, clone, Contract, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

type Entry = { player: Account; score: uint64 }

const PLACES: uint64 = 5

export class HallOfFame extends Contract {
  fame = Box<Entry[]>({ key: 'fame' })

  @abimethod()
  submit(score: uint64): uint64 {
    const mine: Entry = { player: Txn.sender, score }
    let before: Entry[] = []
    if (this.fame.exists) {
      before = clone(this.fame.value)
    }
    for (const old of clone(before)) {
      if (old.player === mine.player && old.score >= score) return 0
    }
    let after: Entry[] = []
    let rank: uint64 = 0
    for (const old of clone(before)) {
      if (rank === 0 && score > old.score) {
        after = [...clone(after), clone(mine)]
        rank = after.length
      }
      if (after.length < PLACES) {
        after = [...clone(after), clone(old)]
      }
    }
    if (rank === 0 && after.length < PLACES) {
      after = [...clone(after), clone(mine)]
      rank = after.length
    }
    this.fame.value = clone(after)
    return rank
  }

  @readonly
  entry(rank: uint64): [Account, uint64] {
    assert(this.fame.exists && rank >= 1 && rank <= this.fame.value.length, 'no such rank')
    const { player, score } = clone(this.fame.value[rank - 1])
    return [player, score]
  }
}
