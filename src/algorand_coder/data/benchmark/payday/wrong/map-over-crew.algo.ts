// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: arrays have no callbacks
import { Account, assert, clone, Contract, Global, GlobalState, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Payday extends Contract {
  paid = GlobalState<uint64>({ initialValue: 0 })

  pay(crew: Account[], wage: uint64): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(crew.length >= 1 && crew.length <= 8, 'one to eight')
    assert(Txn.fee >= Global.minTxnFee * (crew.length + 1), 'bring the fees')
    crew.forEach((worker) => itxn.payment({ receiver: worker, amount: wage, fee: 0 }).submit())
    this.paid.value += crew.length
    return wage * crew.length
  }
}
