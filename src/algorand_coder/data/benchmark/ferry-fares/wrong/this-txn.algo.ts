// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: this.txn belongs to another contract language; here it is Txn
import { abimethod, Account, assert, Contract, GlobalState, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export class FerryFares extends Contract {
  harbourMaster = GlobalState<Account>()
  fare = GlobalState<uint64>({ initialValue: 1_000_000 })

  createApplication(): void {
    this.harbourMaster.value = this.txn.sender
  }

  @abimethod()
  setFare(microAlgos: uint64): void {
    assert(this.txn.sender === this.harbourMaster.value, 'harbour master only')
    assert(microAlgos > 0, 'the fare must be positive')
    this.fare.value = microAlgos
  }

  @abimethod()
  appoint(successor: Account): void {
    assert(this.txn.sender === this.harbourMaster.value, 'harbour master only')
    this.harbourMaster.value = successor
  }

  @readonly
  fareNow(): uint64 {
    return this.fare.value
  }
}
