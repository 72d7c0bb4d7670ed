// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  abimethod, Account, assert, BoxMap, Contract, Global, op, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export class KeyRing extends Contract {
  rings = BoxMap<Account, uint64>({ keyPrefix: 'k' })

  @abimethod()
  grant(person: Account, permission: uint64): uint64 {
    return this.change(person, permission, true)
  }

  @abimethod()
  revoke(person: Account, permission: uint64): uint64 {
    return this.change(person, permission, false)
  }

  @readonly
  may(person: Account, mask: uint64): boolean {
    return (this.rings(person).get({ default: 0 }) & mask) === mask
  }

  private change(person: Account, permission: uint64, on: boolean): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(permission < 64, 'no such permission')
    const ring = this.rings(person)
    const bits = op.setBit(ring.get({ default: 0 }), permission, on ? 1 : 0)
    if (bits === 0) {
      ring.delete()
    } else {
      ring.value = bits
    }
    return bits
  }
}
