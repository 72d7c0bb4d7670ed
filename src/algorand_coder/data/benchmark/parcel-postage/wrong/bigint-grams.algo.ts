// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the interface asks for uint64
import { assert, biguint, Contract, readonly } from '@algorandfoundation/algorand-typescript'

export class ParcelPostage extends Contract {
  @readonly
  postage(grams: biguint, express: boolean): biguint {
    assert(grams > 0n, 'weigh it first')
    assert(grams <= 20_000n, 'too heavy')
    const steps: biguint = grams > 500n ? (grams - 500n + 99n) / 100n : 0n
    const price: biguint = 300n + steps * 40n
    return express ? price + price / 2n : price
  }
}
