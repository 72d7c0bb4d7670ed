// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { Contract, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export type Line = { price: uint64; pieces: uint64 }

export class ShoppingBasket extends Contract {
  @readonly
  total(lines: Line[]): uint64 {
    let sum: uint64 = 0
    for (let i: uint64 = 0; i < lines.length; i++) {
      sum = sum + lines[i].price * lines[i].pieces
    }
    if (sum > 5000) {
      sum -= sum / 10
    }
    return sum
  }
}
