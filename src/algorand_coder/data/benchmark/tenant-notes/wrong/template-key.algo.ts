// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: numbers do not go into texts by themselves
import { Account, assert, BoxMap, Contract, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

type NoteKey = { tenant: Account; note: uint64 }

export class TenantNotes extends Contract {
  notes = BoxMap<NoteKey, string>({ keyPrefix: `n${Txn.sender}` })
  counts = BoxMap<Account, uint64>({ keyPrefix: 'c' })

  write(note: uint64, text: string): void {
    const box = this.notes({ tenant: Txn.sender, note })
    if (box.exists) {
      box.delete()
    } else {
      this.counts(Txn.sender).value = this.count(Txn.sender) + 1
    }
    box.value = text
  }

  @readonly
  read(tenant: Account, note: uint64): string {
    const [text, found] = this.notes({ tenant, note }).maybe()
    assert(found, 'no note')
    return text
  }

  erase(note: uint64): void {
    assert(this.notes({ tenant: Txn.sender, note }).delete(), 'no note')
    this.counts(Txn.sender).value -= 1
  }

  @readonly
  count(tenant: Account): uint64 {
    return this.counts(tenant).get({ default: 0 })
  }
}
