// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: a slice is not of a fixed length
import {
  abimethod, Account, assert, BoxMap, bytes, Contract, ensureBudget, op, readonly, Txn,
} from '@algorandfoundation/algorand-typescript'

export class EtherStamp extends Contract {
  bound = BoxMap<Account, bytes<20>>({ keyPrefix: 'e' })

  @readonly
  signer(digest: bytes<32>, signature: bytes<65>): bytes<20> {
    const v = op.getByte(signature, 64)
    assert(v === 27 || v === 28, 'bad v')
    ensureBudget(3_500)
    const r = signature.slice(0, 32).toFixed({ length: 32 })
    const s = signature.slice(32, 64).toFixed({ length: 32 })
    const [x, y] = op.ecdsaPkRecover(op.Ecdsa.Secp256k1, digest, v - 27, r, s)
    return op.keccak256(x.concat(y)).slice(12, 32) as bytes<20>
  }

  @abimethod()
  bind(digest: bytes<32>, signature: bytes<65>): void {
    assert(!this.bound(Txn.sender).exists, 'already bound')
    this.bound(Txn.sender).value = this.signer(digest, signature)
  }
}
