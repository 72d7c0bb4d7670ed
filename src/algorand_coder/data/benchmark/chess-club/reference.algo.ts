// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, assert, Bytes, Contract, GlobalState, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export class ChessClub extends Contract {
  name = GlobalState<string>()
  free = GlobalState<uint64>()

  @abimethod({ onCreate: 'require' })
  createApplication(name: string, seats: uint64): void {
    assert(Bytes(name).length > 0, 'name the club')
    assert(seats > 0, 'seats are needed')
    this.name.value = name
    this.free.value = seats
  }

  @abimethod()
  join(): uint64 {
    assert(this.free.value > 0, 'the club is full')
    this.free.value -= 1
    return this.free.value
  }

  @readonly
  clubName(): string {
    return this.name.value
  }
}
