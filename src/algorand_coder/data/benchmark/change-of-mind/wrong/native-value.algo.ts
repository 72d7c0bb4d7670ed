// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the value is read by asUint64
import {
  Account, assert, BoxMap, clone, Contract, GlobalState, readonly, Txn, uint64, Uint64, urange,
} from '@algorandfoundation/algorand-typescript'
import { Uint8 } from '@algorandfoundation/algorand-typescript/arc4'

export class ChangeOfMind extends Contract {
  tally = GlobalState<uint64[]>()
  votes = BoxMap<Account, Uint8>({ keyPrefix: 'v' })

  createApplication(options: uint64): void {
    assert(options >= 2 && options <= 12, 'bad options')
    let tally: uint64[] = []
    for (const _ of urange(options)) {
      tally = [...tally, Uint64(0)]
    }
    this.tally.value = clone(tally)
  }

  vote(option: uint64): void {
    const tally = clone(this.tally.value)
    assert(option < tally.length, 'no such option')
    if (this.votes(Txn.sender).exists) {
      tally[this.votes(Txn.sender).value.asUint64()] -= 1
    }
    tally[option] += 1
    this.tally.value = clone(tally)
    this.votes(Txn.sender).value = new Uint8(option)
  }

  abstain(): void {
    const vote = this.votes(Txn.sender)
    assert(vote.exists, 'no vote')
    const tally = clone(this.tally.value)
    tally[vote.value.native] -= 1
    this.tally.value = clone(tally)
    vote.delete()
  }

  @readonly
  counts(): uint64[] {
    return this.tally.value
  }
}
