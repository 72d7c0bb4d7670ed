// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the first four characters stay in front
import { Bytes, Contract, ensureBudget, op, readonly, uint64, urange } from '@algorandfoundation/algorand-typescript'

export class IbanClerk extends Contract {
  @readonly
  isValid(iban: string): boolean {
    const text = Bytes(iban)
    const size = text.length
    if (size < 15 || size > 34) return false
    ensureBudget(2000)
    let rest: uint64 = 0
    for (const i of urange(size)) {
      const code = op.getByte(text, i)
      if (code >= 48 && code <= 57) {
        rest = (rest * 10 + (code - 48)) % 97
      } else if (code >= 65 && code <= 90) {
        rest = (rest * 100 + (code - 55)) % 97
      } else {
        return false
      }
    }
    return rest === 1
  }
}
