// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  Bytes, bytes, Contract, ensureBudget, op, readonly, uint64, urange,
} from '@algorandfoundation/algorand-typescript'

export class HexPrinter extends Contract {
  @readonly
  print(data: bytes): string {
    ensureBudget(1_400)

    let text = Bytes('0x')
    for (const position of urange(data.length)) {
      const value = op.getByte(data, position)
      text = text.concat(this.digit(value / 16)).concat(this.digit(value % 16))
    }
    return text.toString()
  }

  private digit(value: uint64): bytes {
    return op.itob(value < 10 ? value + 48 : value + 87).at(7)
  }
}
