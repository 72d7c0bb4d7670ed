// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  abimethod, Account, assert, BoxMap, Contract, Global, GlobalState, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export class GuestPasses extends Contract {
  count = GlobalState<uint64>({ initialValue: 0 })
  allowed = BoxMap<Account, boolean>({ keyPrefix: 'a' })

  @abimethod()
  allow(guests: Account[]): uint64 {
    this.examine(guests.length)
    for (const guest of guests) {
      if (!this.allowed(guest).exists) {
        this.allowed(guest).value = true
        this.count.value += 1
      }
    }
    return this.count.value
  }

  @abimethod()
  forbid(guests: Account[]): uint64 {
    this.examine(guests.length)
    for (const guest of guests) {
      if (this.allowed(guest).exists) {
        this.allowed(guest).delete()
        this.count.value -= 1
      }
    }
    return this.count.value
  }

  @readonly
  isAllowed(guest: Account): boolean {
    return this.allowed(guest).exists
  }

  private examine(guests: uint64): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(guests <= 8, 'too many')
  }
}
