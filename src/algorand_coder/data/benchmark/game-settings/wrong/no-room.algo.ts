// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: without stateTotals the application reserves no storage for the settings
import { abimethod, assert, Contract, Global, GlobalState, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class GameSettings extends Contract {
  @abimethod()
  set(name: string, value: uint64): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    GlobalState<uint64>({ key: name }).value = value
  }

  @readonly
  get(name: string, fallback: uint64): uint64 {
    const setting = GlobalState<uint64>({ key: name })
    return setting.hasValue ? setting.value : fallback
  }

  @abimethod()
  drop(name: string): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    GlobalState<uint64>({ key: name }).delete()
  }
}
