// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  abimethod, Account, assert, BoxMap, bytes, clone, Contract, Global, GlobalState, op, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

type Lead = { builder: Account; price: uint64 }

export class SealedTender extends Contract {
  phase = GlobalState<uint64>({ initialValue: 0 })
  lead = GlobalState<Lead>()
  envelopes = BoxMap<Account, bytes<32>>({ keyPrefix: 'e' })

  @abimethod()
  seal(hash: bytes): void {
    assert(this.phase.value === 0, 'too late')
    assert(hash.length === 32, 'not a hash')
    this.envelopes(Txn.sender).value = hash.toFixed({ length: 32 })
  }

  @abimethod()
  openEnvelopes(): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.phase.value = 1
  }

  @abimethod()
  reveal(price: uint64, salt: bytes): void {
    assert(this.phase.value === 1, 'too early')
    const [sealed, found] = this.envelopes(Txn.sender).maybe()
    assert(found, 'nothing sealed')
    assert(sealed === op.sha256(op.concat(op.itob(price), salt)), 'does not match')
    this.envelopes(Txn.sender).delete()
    if (this.lead.hasValue) {
      if (price >= this.lead.value.price) return
    }
    this.lead.value = { builder: Txn.sender, price }
  }

  @abimethod({ readonly: true })
  best(): [Account, uint64] {
    assert(this.lead.hasValue, 'no offer yet')
    const lead = clone(this.lead.value)
    return [lead.builder, lead.price]
  }
}
