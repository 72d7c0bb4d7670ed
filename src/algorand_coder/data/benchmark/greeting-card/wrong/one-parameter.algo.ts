// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: ignores the tone
import { abimethod, Contract } from '@algorandfoundation/algorand-typescript'

export class GreetingCard extends Contract {
  @abimethod({ readonly: true })
  greet(name: string): string {
    return `Hi ${name}!`
  }
}
