// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: arrays have no reduce
import { Contract, readonly, uint64, Uint64 } from '@algorandfoundation/algorand-typescript'

export type Line = { price: uint64; pieces: uint64 }

export class ShoppingBasket extends Contract {
  @readonly
  total(lines: Line[]): uint64 {
    const sum: uint64 = lines.reduce((all: uint64, line) => all + line.price * line.pieces, Uint64(0))
    return sum > 5000 ? sum - sum / 10 : sum
  }
}
