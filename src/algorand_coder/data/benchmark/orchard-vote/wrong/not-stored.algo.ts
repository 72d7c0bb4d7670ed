// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: what was spent is forgotten
import {
  Account, assert, BoxMap, clone, Contract, FixedArray, GlobalState, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

const CREDITS: uint64 = 100

type Voter = { left: uint64; votes: FixedArray<uint64, 5> }

export class OrchardVote extends Contract {
  totals = GlobalState<FixedArray<uint64, 5>>({ initialValue: new FixedArray<uint64, 5>(0, 0, 0, 0, 0) })
  voters = BoxMap<Account, Voter>({ keyPrefix: 'v' })

  support(plan: uint64, votes: uint64): uint64 {
    assert(plan >= 1 && plan <= 5, 'no such plan')
    let voter: Voter = { left: CREDITS, votes: new FixedArray<uint64, 5>(0, 0, 0, 0, 0) }
    if (this.voters(Txn.sender).exists) {
      voter = clone(this.voters(Txn.sender).value)
    }
    assert(votes <= 10, 'not enough credits')
    const before = voter.votes[plan - 1]
    const after: uint64 = before + votes
    const cost: uint64 = after * after - before * before
    assert(cost <= voter.left, 'not enough credits')
    voter.left -= cost
    voter.votes[plan - 1] = after

    this.totals.value[plan - 1] += votes
    return voter.left
  }

  @readonly
  total(plan: uint64): uint64 {
    assert(plan >= 1 && plan <= 5, 'no such plan')
    return this.totals.value[plan - 1]
  }
}
