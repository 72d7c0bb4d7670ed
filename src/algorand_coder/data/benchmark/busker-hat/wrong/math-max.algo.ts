// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: Math does not exist on the AVM
import { abimethod, assert, Contract, Global, GlobalState, gtxn, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class BuskerHat extends Contract {
  sum = GlobalState<uint64>({ initialValue: 0 })
  largest = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  give(gift: gtxn.PaymentTxn): uint64 {
    assert(gift.receiver === Global.currentApplicationAddress, 'pay the hat')
    assert(gift.sender === Txn.sender, 'pay yourself')
    assert(gift.amount >= 10_000, 'too small')
    this.sum.value += gift.amount
    this.largest.value = Math.max(this.largest.value, gift.amount)
    return this.sum.value
  }

  @readonly
  largestGift(): uint64 {
    return this.largest.value
  }
}
