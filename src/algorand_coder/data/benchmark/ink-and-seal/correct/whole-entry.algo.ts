// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  Account, assert, BoxMap, bytes, clone, Contract, Global, GlobalState, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

type Entry = { owner: Account; round: uint64; serial: uint64 }

export class InkAndSeal extends Contract {
  serial = GlobalState<uint64>({ initialValue: 0 })
  documents = BoxMap<bytes<32>, Entry>({ keyPrefix: 'd' })

  notarise(hash: bytes<32>): uint64 {
    assert(!this.documents(hash).exists, 'notarised already')
    this.serial.value += 1
    this.documents(hash).value = { owner: Txn.sender, round: Global.round, serial: this.serial.value }
    return this.serial.value
  }

  handOver(hash: bytes<32>, to: Account): void {
    assert(this.documents(hash).exists, 'unknown document')
    assert(this.documents(hash).value.owner === Txn.sender, 'not the owner')
    const entry = clone(this.documents(hash).value)
    entry.owner = to
    this.documents(hash).value = clone(entry)
  }

  @readonly
  proof(hash: bytes<32>): [Account, uint64, uint64] {
    assert(this.documents(hash).exists, 'unknown document')
    const entry = clone(this.documents(hash).value)
    return [entry.owner, entry.round, entry.serial]
  }
}
