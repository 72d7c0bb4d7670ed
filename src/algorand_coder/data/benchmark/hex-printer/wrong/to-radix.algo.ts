// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: a number is not printed with toString(16)
import { Bytes, bytes, Contract, ensureBudget, op, readonly, urange } from '@algorandfoundation/algorand-typescript'

export class HexPrinter extends Contract {
  @readonly
  print(data: bytes): string {
    ensureBudget(1_400)
    const digits = Bytes('0123456789abcdef')
    let text = Bytes('0x')
    for (const position of urange(data.length)) {
      const value = op.getByte(data, position)
      text = text.concat(Bytes(value.toString(16)))
    }
    return text.toString()
  }
}
