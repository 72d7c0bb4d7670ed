// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  Account, assert, BoxMap, Contract, Global, GlobalState, gtxn, itxn, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export class RoofFund extends Contract {
  goal = GlobalState<uint64>()
  lastRound = GlobalState<uint64>()
  sum = GlobalState<uint64>({ initialValue: 0 })
  collected = GlobalState<boolean>({ initialValue: false })
  gifts = BoxMap<Account, uint64>({ keyPrefix: 'g' })

  createApplication(goal: uint64, rounds: uint64): void {
    this.goal.value = goal
    this.lastRound.value = Global.round + rounds
  }

  give(gift: gtxn.PaymentTxn): uint64 {
    assert(gift.sender === Txn.sender && gift.receiver === Global.currentApplicationAddress, 'pay the fund')
    assert(this.isOpen(), 'closed')
    const mine: uint64 = this.gifts(Txn.sender).get({ default: 0 }) + gift.amount
    this.gifts(Txn.sender).value = mine
    this.sum.value += gift.amount
    return mine
  }

  collect(): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(!this.isOpen(), 'still open')
    assert(this.sum.value >= this.goal.value, 'goal missed')
    assert(!this.collected.value, 'already collected')
    this.collected.value = true
    itxn.payment({ receiver: Txn.sender, amount: this.sum.value, fee: 0 }).submit()
  }

  takeBack(): uint64 {
    assert(!this.isOpen(), 'still open')
    assert(this.sum.value < this.goal.value, 'goal reached')
    const [mine, found] = this.gifts(Txn.sender).maybe()
    assert(found, 'no gift')
    this.gifts(Txn.sender).delete()
    itxn.payment({ receiver: Txn.sender, amount: mine, fee: 0 }).submit()
    return mine
  }

  private isOpen(): boolean {
    return Global.round <= this.lastRound.value
  }
}
