// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, assert, Contract, Global, GlobalState, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export abstract class Guarded extends Contract {
  paused = GlobalState<boolean>({ initialValue: false })

  @abimethod()
  pause(): void {
    this.setPaused(true)
  }

  @abimethod()
  resume(): void {
    this.setPaused(false)
  }

  protected whileOpen(): void {
    assert(!this.paused.value, 'paused')
  }

  private setPaused(state: boolean): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.paused.value = state
  }
}

export class GreenRoom extends Guarded {
  people = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  enter(): uint64 {
    this.whileOpen()
    this.people.value += 1
    return this.people.value
  }

  @abimethod()
  leave(): uint64 {
    assert(this.people.value > 0, 'nobody there')
    this.people.value -= 1
    return this.people.value
  }
}
