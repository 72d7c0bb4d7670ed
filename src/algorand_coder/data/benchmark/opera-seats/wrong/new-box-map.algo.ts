// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: a BoxMap is made without new, and keyPrefix is its option
import { abimethod, Account, assert, BoxMap, Contract, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

type Seat = { evening: uint64; row: uint64; seat: uint64 }

export class OperaSeats extends Contract {
  guests = new BoxMap<Seat, Account>({ prefix: 's' })

  @abimethod()
  take(evening: uint64, row: uint64, seat: uint64): void {
    assert(!this.guests({ evening, row, seat }).exists, 'taken')
    this.guests({ evening, row, seat }).value = Txn.sender
  }

  @abimethod()
  release(evening: uint64, row: uint64, seat: uint64): void {
    assert(this.guests({ evening, row, seat }).value === Txn.sender, 'not your seat')
    this.guests({ evening, row, seat }).delete()
  }

  @readonly
  isFree(evening: uint64, row: uint64, seat: uint64): boolean {
    return !this.guests({ evening, row, seat }).exists
  }
}
