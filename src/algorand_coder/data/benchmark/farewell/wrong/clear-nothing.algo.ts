// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the clear state program answers with true or false
import {
  abimethod, assert, Contract, Global, GlobalState, gtxn, itxn, LocalState, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export class Farewell extends Contract {
  pledge = LocalState<uint64>()
  lost = GlobalState<uint64>({ initialValue: 0 })

  @abimethod({ allowActions: 'OptIn' })
  enrol(pledge: gtxn.PaymentTxn): void {
    assert(pledge.sender === Txn.sender && pledge.receiver === Global.currentApplicationAddress, 'pay the club')
    assert(pledge.amount >= 50_000, 'small pledge')
    this.pledge(Txn.sender).value = pledge.amount
  }

  @abimethod({ allowActions: 'CloseOut' })
  resign(): void {
    itxn.payment({ receiver: Txn.sender, amount: this.pledge(Txn.sender).value, fee: 0 }).submit()
  }

  @readonly
  forfeited(): uint64 {
    return this.lost.value
  }

  clearStateProgram(): void {
    this.lost.value += this.pledge(Txn.sender).value
  }
}
