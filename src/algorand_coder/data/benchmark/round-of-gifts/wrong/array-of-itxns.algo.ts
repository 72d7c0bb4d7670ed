// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: inner transactions cannot be kept in an array
import {
  Account, assert, clone, Contract, Global, GlobalState, itxnCompose, op, TransactionType, Txn, uint64, urange,
} from '@algorandfoundation/algorand-typescript'

export class RoundOfGifts extends Contract {
  given = GlobalState<uint64>({ initialValue: 0 })

  give(people: Account[], amount: uint64): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(people.length > 0 && people.length <= 10, 'one to ten')
    const guests = clone(people)
    itxnCompose.begin({
      type: TransactionType.Payment,
      receiver: guests[0],
      amount,
      note: op.itob(0),
      fee: 0,
    })
    for (const index of urange(1, guests.length)) {
      itxnCompose.next({
        type: TransactionType.Payment,
        receiver: guests[index],
        amount,
        note: op.itob(index),
        fee: 0,
      })
    }
    guests.map((guest) => guest.balance)
    itxnCompose.submit()
    this.given.value += guests.length
    return this.given.value
  }
}
