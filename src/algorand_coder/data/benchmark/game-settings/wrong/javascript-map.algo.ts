// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: a JavaScript Map is no state of an application
import { abimethod, assert, Contract, Global, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class GameSettings extends Contract {
  settings = new Map<string, uint64>()

  @abimethod()
  set(name: string, value: uint64): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.settings.set(name, value)
  }

  @readonly
  get(name: string, fallback: uint64): uint64 {
    return this.settings.get(name) ?? fallback
  }

  @abimethod()
  drop(name: string): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.settings.delete(name)
  }
}
