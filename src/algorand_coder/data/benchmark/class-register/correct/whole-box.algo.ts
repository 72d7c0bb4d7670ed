// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  assert, Box, bytes, Contract, ensureBudget, Global, op, readonly, Txn, uint64, urange,
} from '@algorandfoundation/algorand-typescript'

const BYTES: uint64 = 46

export class ClassRegister extends Contract {
  days = Box<bytes>({ key: 'days' })

  begin(): void {
    this.needsCreator()
    assert(this.days.create({ size: BYTES }), 'already begun')
  }

  mark(day: uint64, met: boolean): void {
    this.needsCreator()
    assert(day < 365, 'no such day')
    this.days.value = op.setBit(this.days.value, day, met ? 1 : 0)
  }

  @readonly
  met(day: uint64): boolean {
    assert(day < 365, 'no such day')
    return op.getBit(this.days.value, day)
  }

  @readonly
  daysMet(): uint64 {
    ensureBudget(14_000)
    const all = this.days.value
    let count: uint64 = 0
    for (const day of urange(365)) {
      if (op.getBit(all, day)) {
        count += 1
      }
    }
    return count
  }

  private needsCreator(): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
  }
}
