// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a hyphen at the end is accepted
import { assert, Bytes, Contract, ensureBudget, op, readonly, urange } from '@algorandfoundation/algorand-typescript'

export class HostClerk extends Contract {
  @readonly
  check(label: string): void {
    const text = Bytes(label)
    assert(text.length >= 1 && text.length <= 63, 'wrong length')
    const hyphen = Bytes('-')
    assert(text.at(0) !== hyphen, 'wrong hyphen')
    ensureBudget(2_000)
    for (const i of urange(text.length)) {
      const code = op.getByte(text, i)
      const letter = code >= 97 && code <= 122
      const digit = code >= 48 && code <= 57
      assert(letter || digit || code === 45, 'wrong character')
    }
  }
}
