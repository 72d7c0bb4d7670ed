// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: never lets the account take part again
import { assert, Bytes, bytes, Contract, Global, itxn, Txn } from '@algorandfoundation/algorand-typescript'

export class Validator extends Contract {
  goOffline(reason: string): bytes {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    const text = Bytes(reason)
    assert(text.length <= 100, 'too long')
    const registration = itxn
      .keyRegistration({ note: Bytes('offline since ').concat(text), nonparticipation: true, fee: 0 })
      .submit()
    return registration.txnId
  }
}
