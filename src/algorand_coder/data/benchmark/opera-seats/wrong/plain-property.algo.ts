// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: a contract has no plain properties
import { abimethod, Account, assert, BoxMap, Contract, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

type Seat = { evening: uint64; row: uint64; seat: uint64 }

export class OperaSeats extends Contract {
  rows: uint64 = 40
  guests = BoxMap<Seat, Account>({ keyPrefix: 's' })

  @abimethod()
  take(evening: uint64, row: uint64, seat: uint64): void {
    assert(row <= this.rows && !this.guests({ evening, row, seat }).exists, 'taken')
    this.guests({ evening, row, seat }).value = Txn.sender
  }

  @abimethod()
  release(evening: uint64, row: uint64, seat: uint64): void {
    const place = this.guests({ evening, row, seat })
    assert(place.exists && place.value === Txn.sender, 'not your seat')
    place.delete()
  }

  @readonly
  isFree(evening: uint64, row: uint64, seat: uint64): boolean {
    return !this.guests({ evening, row, seat }).exists
  }
}
