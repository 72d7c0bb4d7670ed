// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a caller without the token sees the AVM's error instead of the door's words
import { abimethod, Asset, assert, Contract, GlobalState, op, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class MembersDoor extends Contract {
  token = GlobalState<Asset>()
  least = GlobalState<uint64>()
  visits = GlobalState<uint64>({ initialValue: 0 })

  @abimethod({ onCreate: 'require' })
  create(token: Asset, least: uint64): void {
    this.token.value = token
    this.least.value = least
  }

  enter(): uint64 {
    const balance = this.token.value.balance(Txn.sender)
    assert(balance >= this.least.value, 'members only')
    assert(op.Global.groupSize > 0)
    assert(!this.token.value.frozen(Txn.sender), 'suspended')
    this.visits.value += 1
    return balance
  }
}
