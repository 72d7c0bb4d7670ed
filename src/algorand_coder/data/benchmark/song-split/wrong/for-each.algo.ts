// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: arrays have no forEach
import {
  Account, assert, clone, Contract, Global, GlobalState, gtxn, itxn, op, uint64,
} from '@algorandfoundation/algorand-typescript'

export class SongSplit extends Contract {
  people = GlobalState<Account[]>()
  shares = GlobalState<uint64[]>()

  createApplication(people: Account[], shares: uint64[]): void {
    assert(people.length <= 8, 'too many')
    assert(people.length === shares.length, 'lengths differ')
    let sum: uint64 = 0
    shares.forEach((share) => {
      sum += share
    })
    assert(sum === 10_000, 'shares do not add up')
    this.people.value = clone(people)
    this.shares.value = clone(shares)
  }

  split(payment: gtxn.PaymentTxn): void {
    assert(payment.receiver === Global.currentApplicationAddress, 'pay the song')
    const people = clone(this.people.value)
    const shares = clone(this.shares.value)
    let rest: uint64 = payment.amount
    for (let i: uint64 = people.length - 1; i > 0; i -= 1) {
      const [high, low] = op.mulw(payment.amount, shares[i])
      const part = op.divw(high, low, 10_000)
      rest -= part
      itxn.payment({ receiver: people[i], amount: part, fee: 0 }).submit()
    }
    itxn.payment({ receiver: people[0], amount: rest, fee: 0 }).submit()
  }
}
