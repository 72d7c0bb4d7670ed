// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: every application may give orders
import { assert, Contract, Global, GlobalState, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export class SpeakingTube extends Contract {
  speaker = GlobalState<uint64>()
  orders = GlobalState<uint64>({ initialValue: 0 })
  text = GlobalState<string>({ initialValue: '' })

  createApplication(speaker: uint64): void {
    this.speaker.value = speaker
  }

  order(text: string): uint64 {
    assert(Global.callerApplicationId !== 0, 'not by hand')

    this.orders.value += 1
    this.text.value = text
    return this.orders.value
  }

  @readonly
  last(): string {
    return this.text.value
  }
}
