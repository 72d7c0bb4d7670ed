// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: null is no value of the AVM
import {
  Account, assert, BoxMap, clone, Contract, Global, GlobalState, readonly, Txn,
} from '@algorandfoundation/algorand-typescript'

type Runner = { before: Account; behind: Account; note?: string }

export class RelayBatons extends Contract {
  front = GlobalState<Account>({ initialValue: Global.zeroAddress })
  back = GlobalState<Account>({ initialValue: Global.zeroAddress })
  runners = BoxMap<Account, Runner>({ keyPrefix: 'r' })

  join(): void {
    assert(!this.runners(Txn.sender).exists, 'in line already')
    const last = this.back.value
    this.runners(Txn.sender).value = { before: last, behind: Global.zeroAddress }
    this.link(last, Txn.sender)
    this.back.value = Txn.sender
  }

  leave(): void {
    assert(this.runners(Txn.sender).exists, 'not in line')
    const { before, behind } = clone(this.runners(Txn.sender).value)
    this.runners(Txn.sender).delete()
    this.link(before, behind)
    if (behind === Global.zeroAddress) {
      this.back.value = before
    } else {
      this.runners(behind).value.before = before
    }
  }

  @readonly
  first(): Account {
    return this.front.value
  }

  @readonly
  after(runner: Account): Account {
    assert(this.runners(runner).exists, 'not in line')
    return this.runners(runner).value.behind
  }

  private link(runner: Account, behind: Account): void {
    if (runner === Global.zeroAddress) {
      this.front.value = behind
    } else {
      this.runners(runner).value.behind = behind
    }
  }
}
