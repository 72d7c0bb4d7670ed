// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: a number without a type is no uint64
import {
  abimethod, Account, assert, BoxMap, Contract, Global, GlobalState, gtxn, readonly, uint64,
} from '@algorandfoundation/algorand-typescript'

const MONTH: uint64 = 30 * 24 * 3600

export class MagazinePass extends Contract {
  price = GlobalState<uint64>()
  ends = BoxMap<Account, uint64>({ keyPrefix: 'm' })

  @abimethod({ onCreate: 'require' })
  createApplication(price: uint64): void {
    assert(price > 0, 'no price')
    this.price.value = price
  }

  @abimethod()
  subscribe(payment: gtxn.PaymentTxn): uint64 {
    assert(payment.receiver === Global.currentApplicationAddress, 'pay the magazine')
    assert(payment.amount > 0 && payment.amount % this.price.value === 0, 'whole months')
    const months: uint64 = payment.amount / this.price.value
    const end = this.ends(payment.sender)
    let running = 0
    if (end.exists) running = end.value
    const start = running > Global.latestTimestamp ? running : Global.latestTimestamp
    end.value = start + months * MONTH
    return end.value
  }

  @readonly
  isActive(reader: Account): boolean {
    return this.ends(reader).get({ default: 0 }) > Global.latestTimestamp
  }
}
