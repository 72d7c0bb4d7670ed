// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the first version of a round wins
import {
  abimethod, assert, BoxMap, clone, Contract, Global, GlobalState, readonly, Txn, uint64, urange,
} from '@algorandfoundation/algorand-typescript'

type Version = { price: uint64; round: uint64 }

export class PriceHistory extends Contract {
  last = GlobalState<uint64>({ initialValue: 0 })
  versions = BoxMap<uint64, Version>({ keyPrefix: 'v' })

  @abimethod()
  change(price: uint64): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.last.value += 1
    this.versions(this.last.value).value = { price, round: Global.round }
    return this.last.value
  }

  @readonly
  version(number: uint64): [uint64, uint64] {
    assert(number >= 1 && number <= this.last.value, 'no such version')
    const { price, round } = clone(this.versions(number).value)
    return [price, round]
  }

  @readonly
  priceAt(round: uint64): uint64 {
    assert(this.last.value > 0 && this.versions(1).value.round <= round, 'no price yet')
    let best: uint64 = 1
    for (const number of urange(1, this.last.value + 1)) {
      const made = this.versions(number).value.round
      if (made <= round && made > this.versions(best).value.round) best = number
    }
    return this.versions(best).value.price
  }
}
