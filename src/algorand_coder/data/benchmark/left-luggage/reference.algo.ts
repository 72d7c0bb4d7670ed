// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, Account, assert, BoxMap, Bytes, Contract, Global, gtxn, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class LeftLuggage extends Contract {
  lockers = BoxMap<Account, string>({ keyPrefix: 'l' })

  @abimethod()
  store(deposit: gtxn.PaymentTxn, label: string): void {
    assert(Bytes(label).length <= 64, 'label too long')
    assert(!this.lockers(Txn.sender).exists, 'one locker each')
    assert(deposit.sender === Txn.sender && deposit.receiver === Global.currentApplicationAddress, 'wrong deposit')
    const before = Global.currentApplicationAddress.minBalance
    this.lockers(Txn.sender).value = label
    assert(deposit.amount === Global.currentApplicationAddress.minBalance - before, 'wrong deposit')
  }

  @abimethod()
  collect(): string {
    assert(this.lockers(Txn.sender).exists, 'no locker')
    const label = this.lockers(Txn.sender).value
    const before = Global.currentApplicationAddress.minBalance
    this.lockers(Txn.sender).delete()
    const refund: uint64 = before - Global.currentApplicationAddress.minBalance
    itxn.payment({ receiver: Txn.sender, amount: refund, fee: 0 }).submit()
    return label
  }
}
