// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: the inner transaction is never submitted
import {
  abimethod, Account, assert, assertMatch, clone, Contract, Global, GlobalState, gtxn, itxn, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

type Reign = { king: Account; price: uint64; since: uint64 }

export class HillKing extends Contract {
  crown = GlobalState<Reign>()

  @abimethod()
  take(payment: gtxn.PaymentTxn): void {
    assertMatch(payment, { receiver: Global.currentApplicationAddress }, 'pay the hill')
    assertMatch(payment, { sender: Txn.sender }, 'pay yourself')
    if (this.crown.hasValue) {
      const last = clone(this.crown.value)
      assert(payment.amount >= last.price + (last.price + 9) / 10, 'too little')
      itxn.payment({ receiver: last.king, amount: last.price, fee: 0 })
    } else {
      assert(payment.amount >= 100_000, 'too little')
    }
    this.crown.value = { king: Txn.sender, price: payment.amount, since: Global.round }
  }

  @readonly
  reign(): [Account, uint64, uint64] {
    assert(this.crown.hasValue, 'no king')
    const { king, price, since } = clone(this.crown.value)
    return [king, price, since]
  }
}
