// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the creator can take the money back while the lock holds
import {
  Account, assert, bytes, Contract, Global, GlobalState, itxn, op, readonly, uint64,
} from '@algorandfoundation/algorand-typescript'

export class TwoShores extends Contract {
  receiver = GlobalState<Account>()
  hash = GlobalState<bytes>()
  lastRound = GlobalState<uint64>()
  revealed = GlobalState<bytes>()

  createApplication(receiver: Account, hash: bytes, rounds: uint64): void {
    assert(hash.length === 32, 'not a hash')
    this.receiver.value = receiver
    this.hash.value = hash
    this.lastRound.value = Global.round + rounds
  }

  claim(secret: bytes): void {
    assert(Global.round <= this.lastRound.value, 'expired')
    assert(op.sha256(secret) === this.hash.value, 'wrong secret')
    this.revealed.value = secret
    this.empty(this.receiver.value)
  }

  refund(): void {

    this.empty(Global.creatorAddress)
  }

  @readonly
  secret(): bytes {
    assert(this.revealed.hasValue, 'not revealed')
    return this.revealed.value
  }

  private empty(to: Account): void {
    itxn.payment({ receiver: to, amount: 0, closeRemainderTo: to, fee: 0 }).submit()
  }
}
