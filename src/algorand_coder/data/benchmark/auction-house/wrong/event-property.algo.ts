// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: EventLogger and .log belong to another contract language
import { abimethod, Account, assert, Contract, EventLogger, GlobalState, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class AuctionHouse extends Contract {
  highest = GlobalState<uint64>({ initialValue: 0 })
  newHighBid = new EventLogger<{ bidder: Account; amount: uint64; outbid: uint64 }>()

  @abimethod()
  bid(amount: uint64): void {
    const outbid = this.highest.value
    assert(amount > outbid, 'too low')
    this.highest.value = amount
    this.newHighBid.log({ bidder: Txn.sender, amount, outbid })
  }

  @readonly
  best(): uint64 {
    return this.highest.value
  }
}
