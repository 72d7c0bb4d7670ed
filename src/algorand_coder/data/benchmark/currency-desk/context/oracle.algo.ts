// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, assert, BoxMap, Contract, Global, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Oracle extends Contract {
  rates = BoxMap<string, uint64>({ keyPrefix: 'r' })

  @abimethod()
  publish(currency: string, rate: uint64): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.rates(currency).value = rate
  }

  @readonly
  rateOf(currency: string): uint64 {
    return this.rates(currency).value
  }
}
