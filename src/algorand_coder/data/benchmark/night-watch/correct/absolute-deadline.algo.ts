// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  Account, assert, Contract, Global, GlobalState, itxn, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export class NightWatch extends Contract {
  heir = GlobalState<Account>()
  patience = GlobalState<uint64>()
  deadline = GlobalState<uint64>()

  createApplication(heir: Account, patience: uint64): void {
    this.heir.value = heir
    this.patience.value = patience
    this.deadline.value = Global.round + patience
  }

  alive(): void {
    assert(Txn.sender === Global.creatorAddress, 'owner only')
    this.deadline.value = Global.round + this.patience.value
  }

  withdraw(microAlgos: uint64): void {
    this.alive()
    itxn.payment({ receiver: Txn.sender, amount: microAlgos, fee: 0 }).submit()
  }

  inherit(): void {
    const heir = this.heir.value
    assert(Txn.sender === heir, 'heir only')
    assert(Global.round > this.deadline.value, 'too early')
    itxn.payment({ receiver: heir, closeRemainderTo: heir, fee: 0 }).submit()
  }

  @readonly
  silentFor(): uint64 {
    return Global.round + this.patience.value - this.deadline.value
  }
}
