// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the application cannot hold the asset
import { Asset, assert, Contract, Global, GlobalState, gtxn, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class TokenKiosk extends Contract {
  token = GlobalState<Asset>()
  price = GlobalState<uint64>()

  open(token: Asset, price: uint64): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(!this.token.hasValue, 'already open')
    assert(price > 0, 'price needed')
    this.token.value = token
    this.price.value = price
  }

  buy(payment: gtxn.PaymentTxn): uint64 {
    assert(payment.receiver === Global.currentApplicationAddress, 'pay the kiosk')
    const units: uint64 = payment.amount / this.price.value
    assert(units > 0, 'too little')
    assert(units <= this.token.value.balance(Global.currentApplicationAddress), 'sold out')
    this.send(this.token.value, units, false)
    return units
  }

  private send(token: Asset, units: uint64, toSelf: boolean): void {
    const receiver = toSelf ? Global.currentApplicationAddress : Txn.sender
    itxn.assetTransfer({ xferAsset: token, assetReceiver: receiver, assetAmount: units, fee: 0 }).submit()
  }
}
