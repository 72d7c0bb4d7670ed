// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the first member gets every pot
import {
  Account, assert, Bytes, bytes, Contract, err, Global, GlobalState, gtxn, itxn, op, readonly, Txn, uint64, urange,
} from '@algorandfoundation/algorand-typescript'

export class SavingsCircle extends Contract {
  list = GlobalState<bytes>()
  size = GlobalState<uint64>()
  contribution = GlobalState<uint64>()
  turns = GlobalState<uint64>({ initialValue: 0 })
  paid = GlobalState<uint64>({ initialValue: 0 })

  createApplication(members: Account[], contribution: uint64): void {
    assert(members.length >= 2 && members.length <= 8, 'wrong size')
    let list = Bytes()
    for (const member of members) {
      list = list.concat(member.bytes)
    }
    this.list.value = list
    this.size.value = members.length
    this.contribution.value = contribution
  }

  payIn(payment: gtxn.PaymentTxn): uint64 {
    const size = this.size.value
    assert(this.turns.value < size, 'over')
    assert(payment.sender === Txn.sender && payment.receiver === Global.currentApplicationAddress, 'pay the circle')
    assert(payment.amount === this.contribution.value, 'wrong amount')
    const place = this.placeOf(Txn.sender)
    assert(!op.getBit(this.paid.value, place), 'paid already')
    this.paid.value = op.setBit(this.paid.value, place, 1)
    let missing: uint64 = 0
    for (const i of urange(size)) {
      missing += op.getBit(this.paid.value, i) ? 0 : 1
    }
    if (missing === 0) {
      const winner = Account(op.extract(this.list.value, 0, 32).toFixed({ length: 32 }))
      itxn.payment({ receiver: winner, amount: this.contribution.value * size, fee: 0 }).submit()
      this.turns.value += 1
      this.paid.value = 0
    }
    return missing
  }

  @readonly
  turn(): uint64 {
    return this.turns.value
  }

  private placeOf(member: Account): uint64 {
    for (const i of urange(this.size.value)) {
      if (op.extract(this.list.value, i * 32, 32) === member.bytes) return i
    }
    err('no member')
  }
}
