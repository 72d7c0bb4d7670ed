// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  abimethod, assert, BoxMap, clone, Contract, err, Global, GlobalState, readonly, Txn, uint64,
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
    for (let number = this.last.value; number > 0; number -= 1) {
      if (this.versions(number).value.round <= round) {
        return this.versions(number).value.price
      }
    }
    err('no price yet')
  }
}
