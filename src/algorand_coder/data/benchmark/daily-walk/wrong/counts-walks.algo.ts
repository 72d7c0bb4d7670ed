// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: two walks on one day count twice
import {
  Account, assert, Contract, Global, LocalState, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

const DAY: uint64 = 86_400

export class DailyWalk extends Contract {
  streak = LocalState<uint64>()
  lastDay = LocalState<uint64>()
  longest = LocalState<uint64>()

  optInToApplication(): void {
    this.streak(Txn.sender).value = 0
    this.lastDay(Txn.sender).value = 0
    this.longest(Txn.sender).value = 0
  }

  walk(): uint64 {
    this.needsWalker(Txn.sender)
    const today: uint64 = Global.latestTimestamp / DAY
    const last = this.lastDay(Txn.sender).value
    let streak = this.streak(Txn.sender).value
    if (last + 1 === today || last === today) {
      streak += 1
    } else if (last !== today) {
      streak = 1
    }
    this.lastDay(Txn.sender).value = today
    this.streak(Txn.sender).value = streak
    if (streak > this.longest(Txn.sender).value) {
      this.longest(Txn.sender).value = streak
    }
    return streak
  }

  @readonly
  best(walker: Account): uint64 {
    this.needsWalker(walker)
    return this.longest(walker).value
  }

  private needsWalker(account: Account): void {
    assert(account.isOptedIn(Global.currentApplicationId), 'not a walker')
  }
}
