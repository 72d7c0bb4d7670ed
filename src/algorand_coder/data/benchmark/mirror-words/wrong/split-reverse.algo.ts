// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: a text has no split
import {
  Bytes, bytes, Contract, ensureBudget, op, readonly, uint64, urange,
} from '@algorandfoundation/algorand-typescript'

export class MirrorWords extends Contract {
  @readonly
  reverse(text: string): string {
    ensureBudget(2_000)
    return text.split('').reverse().join('')
  }

  @readonly
  isMirror(text: string): boolean {
    ensureBudget(5_000)
    const source = Bytes(text)
    let letters = Bytes()
    for (const i of urange(source.length)) {
      const code = op.getByte(source, i)
      if (code !== 32) {
        const small: uint64 = code >= 65 && code <= 90 ? code + 32 : code
        letters = letters.concat(op.itob(small).at(7))
      }
    }
    return this.backwards(letters) === letters
  }

  private backwards(source: bytes): bytes {
    let turned = Bytes()
    for (const i of urange(source.length)) {
      turned = source.at(i).concat(turned)
    }
    return turned
  }
}
