// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the order of the fields gives another event signature
import { abimethod, assert, Contract, emit, GlobalState, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class AuctionHouse extends Contract {
  highest = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  bid(amount: uint64): void {
    const outbid = this.highest.value
    assert(amount > outbid, 'too low')
    this.highest.value = amount
    emit('NewHighBid', amount, outbid, Txn.sender)
  }

  @readonly
  best(): uint64 {
    return this.highest.value
  }
}
