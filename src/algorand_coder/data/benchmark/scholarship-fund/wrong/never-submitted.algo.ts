// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: the inner payment is prepared and never submitted
import { abimethod, Account, assert, Contract, Global, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class ScholarshipFund extends Contract {
  @abimethod()
  award(student: Account, microAlgos: uint64): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    const fund = Global.currentApplicationAddress
    assert(microAlgos <= fund.balance - fund.minBalance, 'the fund is too small')
    itxn.payment({ receiver: student, amount: microAlgos, fee: 0 })
    return fund.balance - fund.minBalance
  }
}
