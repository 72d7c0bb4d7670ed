// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: global state has hasValue, get({ default }) belongs to boxes
import { abimethod, assert, contract, Contract, Global, GlobalMap, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

@contract({ stateTotals: { globalUints: 20 } })
export class GameSettings extends Contract {
  settings = GlobalMap<string, uint64>({ keyPrefix: '' })

  @abimethod()
  set(name: string, value: uint64): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.settings(name).value = value
  }

  @readonly
  get(name: string, fallback: uint64): uint64 {
    return this.settings(name).get({ default: fallback })
  }

  @abimethod()
  drop(name: string): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.settings(name).delete()
  }
}
