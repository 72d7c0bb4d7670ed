// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a seat that is taken tonight is taken for ever
import { abimethod, Account, assert, BoxMap, Contract, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

type Seat = { row: uint64; seat: uint64 }

export class OperaSeats extends Contract {
  guests = BoxMap<Seat, Account>({ keyPrefix: 's' })

  @abimethod()
  take(evening: uint64, row: uint64, seat: uint64): void {
    assert(!this.guests({ row, seat }).exists, 'taken')
    this.guests({ row, seat }).value = Txn.sender
  }

  @abimethod()
  release(evening: uint64, row: uint64, seat: uint64): void {
    assert(this.guests({ row, seat }).exists && this.guests({ row, seat }).value === Txn.sender, 'not your seat')
    this.guests({ row, seat }).delete()
  }

  @readonly
  isFree(evening: uint64, row: uint64, seat: uint64): boolean {
    return !this.guests({ row, seat }).exists
  }
}
