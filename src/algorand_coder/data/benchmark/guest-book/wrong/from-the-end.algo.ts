// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the newest entries come first
import {
  abimethod, Account, assert, BoxMap, Bytes, clone, Contract, Global, GlobalState, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export type Entry = { guest: Account; round: uint64; greeting: string }

export class GuestBook extends Contract {
  size = GlobalState<uint64>({ initialValue: 0 })
  book = BoxMap<uint64, Entry>({ keyPrefix: 'g' })

  @abimethod()
  sign(greeting: string): uint64 {
    const length = Bytes(greeting).length
    assert(length >= 1 && length <= 100, 'wrong length')
    const number = this.size.value
    this.book(number).value = { guest: Txn.sender, round: Global.round, greeting }
    this.size.value = number + 1
    return number
  }

  @readonly
  page(from: uint64, count: uint64): Entry[] {
    let found: Entry[] = []
    for (let number = from; number < this.size.value && found.length < count && found.length < 5; number += 1) {
      found = [...clone(found), clone(this.book(this.size.value - 1 - number).value)]
    }
    return found
  }

  @readonly
  entries(): uint64 {
    return this.size.value
  }
}
