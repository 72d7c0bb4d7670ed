// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: there is no try
import {
  Account, assert, BoxMap, Contract, err, Global, GlobalState, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export class WaitingRoom extends Contract {
  head = GlobalState<uint64>({ initialValue: 0 })
  tail = GlobalState<uint64>({ initialValue: 0 })
  line = BoxMap<uint64, Account>({ keyPrefix: 'w' })
  present = BoxMap<Account, boolean>({ keyPrefix: 'p' })

  arrive(): uint64 {
    assert(!this.present(Txn.sender).exists, 'waiting already')
    this.present(Txn.sender).value = true
    const inFront: uint64 = this.tail.value - this.head.value
    this.line(this.tail.value).value = Txn.sender
    this.tail.value += 1
    return inFront
  }

  next(): Account {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(this.tail.value > this.head.value, 'nobody waits')
    const first = this.line(this.head.value)
    const patient = first.value
    try {
      first.delete()
    } catch {
      err('nobody waits')
    }
    this.present(patient).delete()
    this.head.value += 1
    return patient
  }

  @readonly
  length(): uint64 {
    return this.tail.value - this.head.value
  }
}
