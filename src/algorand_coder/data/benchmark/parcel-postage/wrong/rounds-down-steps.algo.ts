// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a begun step is not charged
import { assert, Contract, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export class ParcelPostage extends Contract {
  @readonly
  postage(grams: uint64, express: boolean): uint64 {
    assert(grams > 0, 'weigh it first')
    assert(grams <= 20_000, 'too heavy')
    const steps: uint64 = grams > 500 ? (grams - 500) / 100 : 0
    const price: uint64 = 300 + steps * 40
    return express ? price + price / 2 : price
  }
}
