// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { Account, assert, Contract, GlobalState, readonly, Txn } from '@algorandfoundation/algorand-typescript'

export class PassTheBaton extends Contract {
  current = GlobalState<Account>()
  candidate = GlobalState<Account>()

  createApplication(): void {
    this.current.value = Txn.sender
  }

  offer(successor: Account): void {
    assert(Txn.sender === this.current.value, 'holder only')
    this.candidate.value = successor
  }

  accept(): void {
    assert(this.candidate.hasValue, 'nothing offered to you')
    assert(this.candidate.value === Txn.sender, 'nothing offered to you')
    this.current.value = Txn.sender
    this.candidate.delete()
  }

  @readonly
  holder(): Account {
    return this.current.value
  }
}
