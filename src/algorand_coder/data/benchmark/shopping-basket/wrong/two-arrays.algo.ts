// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: two arrays instead of an array of structs
import { clone, Contract, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export type Line = { price: uint64; pieces: uint64 }

export class ShoppingBasket extends Contract {
  @readonly
  total(prices: uint64[], pieces: uint64[]): uint64 {
    const lines: Line[] = [{ price: prices[0], pieces: pieces[0] }]
    let sum: uint64 = 0
    for (const line of clone(lines)) {
      sum += line.price * line.pieces
    }
    return sum > 5000 ? sum - sum / 10 : sum
  }
}
