// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: there are no regular expressions
import { assert, Bytes, Contract, op, readonly, urange } from '@algorandfoundation/algorand-typescript'

export class HostClerk extends Contract {
  @readonly
  check(label: string): void {
    const text = Bytes(label)
    assert(text.length >= 1 && text.length <= 63, 'wrong length')
    const hyphen = Bytes('-')
    assert(text.at(0) !== hyphen && text.at(-1) !== hyphen, 'wrong hyphen')
    assert(/^[a-z0-9-]+$/.test(label), 'wrong character')
    for (const i of urange(text.length)) {
      const code = op.getByte(text, i)
      const letter = code >= 97 && code <= 122
      const digit = code >= 48 && code <= 57
      assert(letter || digit || code === 45, 'wrong character')
    }
  }
}
