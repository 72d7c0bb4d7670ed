// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: all accounts share one bucket
import {
  Account, assert, BoxMap, clone, Contract, Global, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

const CAPACITY: uint64 = 10
const ROUNDS_PER_TOKEN: uint64 = 5

type Bucket = { tokens: uint64; since: uint64 }

export class KioskQuota extends Contract {
  buckets = BoxMap<Account, Bucket>({ keyPrefix: 'q' })

  take(tokens: uint64): uint64 {
    const bucket = this.refilled(Txn.sender)
    assert(tokens <= bucket.tokens, 'slow down')
    const left: uint64 = bucket.tokens - tokens
    this.buckets(Global.creatorAddress).value = { tokens: left, since: bucket.since }
    return left
  }

  @readonly
  left(account: Account): uint64 {
    return this.refilled(account).tokens
  }

  private refilled(account: Account): Readonly<Bucket> {
    const full: Bucket = { tokens: CAPACITY, since: Global.round }
    if (!this.buckets(Global.creatorAddress).exists) return full
    const bucket = clone(this.buckets(Global.creatorAddress).value)
    const back: uint64 = (Global.round - bucket.since) / ROUNDS_PER_TOKEN
    if (bucket.tokens + back >= CAPACITY) return full
    return { tokens: bucket.tokens + back, since: bucket.since + back * ROUNDS_PER_TOKEN }
  }
}
