// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  abimethod, Account, assert, biguint, BigUint, Bytes, Contract, Global, GlobalState, gtxn, itxn, op, readonly,
  uint64,
} from '@algorandfoundation/algorand-typescript'

export class TulipClock extends Contract {
  start = GlobalState<uint64>()
  lowest = GlobalState<uint64>()
  drop = GlobalState<uint64>()
  began = GlobalState<uint64>()
  owner = GlobalState<Account>()

  @abimethod({ onCreate: 'require' })
  createApplication(start: uint64, lowest: uint64, drop: uint64): void {
    assert(lowest <= start, 'prices crossed')
    this.start.value = start
    this.lowest.value = lowest
    this.drop.value = drop
    this.began.value = Global.round
  }

  @readonly
  priceAfter(rounds: uint64): uint64 {
    const room: uint64 = this.start.value - this.lowest.value
    const fallen: biguint = BigUint(rounds) * BigUint(this.drop.value)
    if (fallen > BigUint(room)) return this.lowest.value
    return this.start.value - op.btoi(Bytes(fallen))
  }

  @abimethod()
  buy(payment: gtxn.PaymentTxn): uint64 {
    assert(!this.owner.hasValue, 'sold')
    assert(payment.receiver === Global.currentApplicationAddress, 'pay the clock')
    const price = this.priceAfter(Global.round - this.began.value)
    assert(payment.amount >= price, 'too little')
    this.owner.value = payment.sender
    if (payment.amount > price) {
      itxn.payment({ receiver: payment.sender, amount: payment.amount - price, fee: 0 }).submit()
    }
    return price
  }

  @readonly
  buyer(): Account {
    assert(this.owner.hasValue, 'not sold')
    return this.owner.value
  }
}
