// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: hashes the salt before the price
import {
  Account, assert, BoxMap, bytes, Contract, Global, GlobalState, op, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export class SealedTender extends Contract {
  opened = GlobalState<boolean>({ initialValue: false })
  builder = GlobalState<Account>()
  price = GlobalState<uint64>()
  envelopes = BoxMap<Account, bytes>({ keyPrefix: 'e' })

  seal(hash: bytes): void {
    assert(!this.opened.value, 'too late')
    assert(hash.length === 32, 'not a hash')
    this.envelopes(Txn.sender).value = hash
  }

  openEnvelopes(): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.opened.value = true
  }

  reveal(price: uint64, salt: bytes): void {
    assert(this.opened.value, 'too early')
    const envelope = this.envelopes(Txn.sender)
    assert(envelope.exists, 'nothing sealed')
    assert(envelope.value === op.sha256(salt.concat(op.itob(price))), 'does not match')
    envelope.delete()
    if (!this.price.hasValue || price < this.price.value) {
      this.price.value = price
      this.builder.value = Txn.sender
    }
  }

  @readonly
  best(): [Account, uint64] {
    assert(this.price.hasValue, 'no offer yet')
    return [this.builder.value, this.price.value]
  }
}
