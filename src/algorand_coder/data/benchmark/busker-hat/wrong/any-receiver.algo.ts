// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a payment to anybody counts as a gift
import { abimethod, assert, Contract, GlobalState, gtxn, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class BuskerHat extends Contract {
  sum = GlobalState<uint64>({ initialValue: 0 })
  largest = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  give(gift: gtxn.PaymentTxn): uint64 {
    assert(gift.sender === Txn.sender, 'pay yourself')
    assert(gift.amount >= 10_000, 'too small')
    this.sum.value += gift.amount
    if (gift.amount > this.largest.value) this.largest.value = gift.amount
    return this.sum.value
  }

  @readonly
  largestGift(): uint64 {
    return this.largest.value
  }
}
