// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: a plain bytes value is not a key of 32 bytes
import {
  assert, BoxMap, bytes, Contract, ensureBudget, Global, GlobalState, itxn, op, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export class SignedCoupons extends Contract {
  key = GlobalState<bytes<32>>()
  count = GlobalState<uint64>({ initialValue: 0 })
  used = BoxMap<uint64, boolean>({ keyPrefix: 'u' })

  createApplication(key: bytes): void {
    assert(key.length === 32, 'not a key')
    this.key.value = key as bytes<32>
  }

  redeem(number: uint64, worth: uint64, signature: bytes<64>): uint64 {
    ensureBudget(2500)
    assert(!this.used(number).exists, 'used')
    const message = op
      .itob(Global.currentApplicationId.id)
      .concat(op.itob(number))
      .concat(op.itob(worth))
      .concat(Txn.sender.bytes)
    assert(op.ed25519verifyBare(message, signature, this.key.value), 'bad signature')
    this.used(number).value = true
    this.count.value += 1
    itxn.payment({ receiver: Txn.sender, amount: worth, fee: 0 }).submit()
    return this.count.value
  }
}
