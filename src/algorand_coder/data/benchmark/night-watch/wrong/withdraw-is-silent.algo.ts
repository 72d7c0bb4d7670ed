// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: taking money out is no sign of life
import {
  Account, assert, Contract, Global, GlobalState, itxn, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export class NightWatch extends Contract {
  heir = GlobalState<Account>()
  patience = GlobalState<uint64>()
  lastSign = GlobalState<uint64>()

  createApplication(heir: Account, patience: uint64): void {
    this.heir.value = heir
    this.patience.value = patience
    this.lastSign.value = Global.round
  }

  alive(): void {
    assert(Txn.sender === Global.creatorAddress, 'owner only')
    this.lastSign.value = Global.round
  }

  withdraw(microAlgos: uint64): void {
    assert(Txn.sender === Global.creatorAddress, 'owner only')
    itxn.payment({ receiver: Txn.sender, amount: microAlgos, fee: 0 }).submit()
  }

  inherit(): void {
    const heir = this.heir.value
    assert(Txn.sender === heir, 'heir only')
    assert(this.silentFor() > this.patience.value, 'too early')
    itxn.payment({ receiver: heir, closeRemainderTo: heir, fee: 0 }).submit()
  }

  @readonly
  silentFor(): uint64 {
    return Global.round - this.lastSign.value
  }
}
