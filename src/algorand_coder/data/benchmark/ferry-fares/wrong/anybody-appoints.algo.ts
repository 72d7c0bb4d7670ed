// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the office can be taken by anybody
import { abimethod, Account, assert, Contract, GlobalState, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class FerryFares extends Contract {
  harbourMaster = GlobalState<Account>()
  fare = GlobalState<uint64>({ initialValue: 1_000_000 })

  createApplication(): void {
    this.harbourMaster.value = Txn.sender
  }

  @abimethod()
  setFare(microAlgos: uint64): void {
    assert(Txn.sender === this.harbourMaster.value, 'harbour master only')
    assert(microAlgos > 0, 'the fare must be positive')
    this.fare.value = microAlgos
  }

  @abimethod()
  appoint(successor: Account): void {
    this.harbourMaster.value = successor
  }

  @readonly
  fareNow(): uint64 {
    return this.fare.value
  }
}
