// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: bytes are not a list to map over
import { Bytes, bytes, Contract, op, readonly, urange } from '@algorandfoundation/algorand-typescript'

export class HexPrinter extends Contract {
  @readonly
  print(data: bytes): string {
    if (data.length === 0) return `0x${Array.from([1]).join('')}`
    const digits = Bytes('0123456789abcdef')
    let text = Bytes('0x')
    for (const position of urange(data.length)) {
      const value = op.getByte(data, position)
      text = text.concat(digits.at(value >> 4)).concat(digits.at(value & 15))
    }
    return text.toString()
  }
}
