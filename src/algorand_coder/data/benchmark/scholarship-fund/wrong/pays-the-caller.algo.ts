// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the award goes to the caller
import { abimethod, Account, assert, Contract, Global, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class ScholarshipFund extends Contract {
  @abimethod()
  award(student: Account, microAlgos: uint64): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    const fund = Global.currentApplicationAddress
    assert(student !== fund && microAlgos <= fund.balance - fund.minBalance, 'the fund is too small')
    itxn.payment({ receiver: Txn.sender, amount: microAlgos, fee: 0 }).submit()
    return fund.balance - fund.minBalance
  }
}
