// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the office changes hands with the offer
import { Account, assert, Contract, Global, GlobalState, readonly, Txn } from '@algorandfoundation/algorand-typescript'

export class PassTheBaton extends Contract {
  current = GlobalState<Account>({ initialValue: Txn.sender })
  candidate = GlobalState<Account>({ initialValue: Global.zeroAddress })

  offer(successor: Account): void {
    assert(Txn.sender === this.current.value, 'holder only')
    this.current.value = successor
    this.candidate.value = successor
  }

  accept(): void {
    assert(Txn.sender === this.candidate.value, 'nothing offered to you')
    this.current.value = Txn.sender
    this.candidate.value = Global.zeroAddress
  }

  @readonly
  holder(): Account {
    return this.current.value
  }
}
