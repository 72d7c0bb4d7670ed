// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { assert, BoxMap, clone, Contract, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

type Good = { pieces: uint64; price: uint64 }

export class StockRoom extends Contract {
  goods = BoxMap<string, Good>({ keyPrefix: 'g' })

  bring(good: string, pieces: uint64, price: uint64): void {
    assert(pieces > 0, 'nothing brought')
    const [there] = this.stock(good)
    this.goods(good).value = { pieces: there + pieces, price }
  }

  fetch(good: string, pieces: uint64): uint64 {
    const [there, price] = this.stock(good)
    assert(pieces <= there && there > 0, 'not enough')
    if (pieces === there) {
      this.goods(good).delete()
    } else {
      this.goods(good).value.pieces = there - pieces
    }
    return pieces * price
  }

  @readonly
  stock(good: string): [uint64, uint64] {
    if (!this.goods(good).exists) return [0, 0]
    const { pieces, price } = clone(this.goods(good).value)
    return [pieces, price]
  }
}
