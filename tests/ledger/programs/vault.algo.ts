import {
  abimethod, Account, Application, Asset, assert, BoxMap, Bytes, bytes, clone, Contract, Global, GlobalState, gtxn,
  itxn, op, Txn, uint64, urange,
} from '@algorandfoundation/algorand-typescript'
import { abiCall } from '@algorandfoundation/algorand-typescript/arc4'
import { Greeter } from './greeter.algo'

type Deposit = { amount: uint64; note: string }

/** Boxes, inner transactions of every kind, and reads of things that the caller does not name. */
export class Vault extends Contract {
  total = GlobalState<uint64>({ key: 'total', initialValue: 0 })
  deposits = BoxMap<Account, Deposit>({ keyPrefix: 'd' })
  blobs = BoxMap<uint64, bytes>({ keyPrefix: 'b' })

  @abimethod({ onCreate: 'require' })
  create(): void {}

  @abimethod()
  deposit(payment: gtxn.PaymentTxn, note: string): uint64 {
    assert(payment.receiver === Global.currentApplicationAddress, 'wrong receiver')
    const known = this.deposits(Txn.sender).exists
    const before: uint64 = known ? this.deposits(Txn.sender).value.amount : 0
    this.deposits(Txn.sender).value = { amount: before + payment.amount, note }
    this.total.value += payment.amount
    return this.total.value
  }

  @abimethod({ readonly: true })
  balanceOf(who: Account): uint64 {
    return this.deposits(who).value.amount
  }

  @abimethod()
  withdraw(amount: uint64): void {
    const held = clone(this.deposits(Txn.sender).value)
    assert(held.amount >= amount, 'insufficient deposit')
    this.deposits(Txn.sender).value = { amount: held.amount - amount, note: held.note }
    this.total.value -= amount
    itxn.payment({ receiver: Txn.sender, amount, fee: 0 }).submit()
  }

  @abimethod()
  payOut(receiver: Account, amount: uint64): void {
    itxn.payment({ receiver, amount, fee: 0 }).submit()
  }

  @abimethod()
  mint(total: uint64): uint64 {
    return itxn.assetConfig({ total, unitName: 'INNER', manager: Global.currentApplicationAddress, fee: 0 }).submit()
      .createdAsset.id
  }

  @abimethod()
  hand(asset: Asset, receiver: Account, amount: uint64): void {
    itxn.assetTransfer({ xferAsset: asset, assetReceiver: receiver, assetAmount: amount, fee: 0 }).submit()
  }

  @abimethod({ readonly: true })
  holding(who: Account, asset: Asset): uint64 {
    return asset.balance(who)
  }

  @abimethod({ readonly: true })
  supply(asset: Asset): uint64 {
    return asset.total
  }

  @abimethod({ readonly: true })
  wealth(who: Account): uint64 {
    return who.balance
  }

  @abimethod({ readonly: true })
  visitsOf(who: Account, greeter: Application): uint64 {
    const [value, exists] = op.AppLocal.getExUint64(who, greeter, Bytes('visits'))
    assert(exists, 'no visits')
    return value
  }

  @abimethod({ readonly: true })
  callsOf(greeter: Application): uint64 {
    const [value, exists] = op.AppGlobal.getExUint64(greeter, Bytes('calls'))
    assert(exists, 'no calls')
    return value
  }

  @abimethod()
  greetBy(greeter: Application): string {
    return abiCall({ method: Greeter.prototype.hello, appId: greeter, args: ['vault'], fee: 0 }).returnValue
  }

  @abimethod()
  fill(key: uint64, size: uint64): void {
    this.blobs(key).value = op.bzero(size)
  }

  @abimethod()
  touch(first: uint64, count: uint64): void {
    for (const key of urange(first, first + count)) {
      this.blobs(key).value = op.itob(key)
    }
  }

  @abimethod({ readonly: true })
  spin(rounds: uint64): uint64 {
    let sum: uint64 = 0
    for (const i of urange(rounds)) {
      sum += op.sqrt(i)
    }
    return sum
  }
}
