// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the deposit is not paid back
import { Account, Asset, assert, BoxMap, clone, Contract, Global, gtxn, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

const DEPOSIT: uint64 = 25_300

type Offer = { token: uint64; units: uint64; price: uint64 }

export class FlatSale extends Contract {
  offers = BoxMap<Account, Offer>({ keyPrefix: 'o' })

  accept(token: Asset): void {
    const here = Global.currentApplicationAddress
    itxn.assetTransfer({ xferAsset: token, assetReceiver: here, assetAmount: 0, fee: 0 }).submit()
  }

  offer(deposit: gtxn.PaymentTxn, transfer: gtxn.AssetTransferTxn, price: uint64): void {
    const here = Global.currentApplicationAddress
    assert(deposit.sender === Txn.sender && transfer.sender === Txn.sender, 'not yours')
    assert(deposit.receiver === here && deposit.amount === DEPOSIT, 'deposit needed')
    assert(transfer.assetReceiver === here && transfer.assetAmount > 0, 'nothing to sell')
    const mine = this.offers(Txn.sender)
    assert(!mine.exists, 'one offer each')
    mine.value = { token: transfer.xferAsset.id, units: transfer.assetAmount, price }
  }

  cancel(): void {
    const mine = this.offers(Txn.sender)
    assert(mine.exists, 'no offer')
    const { token, units } = clone(mine.value)
    mine.delete()
    itxn.submitGroup(
      itxn.assetTransfer({ xferAsset: token, assetReceiver: Txn.sender, assetAmount: units, fee: 0 }),
      itxn.payment({ receiver: Txn.sender, amount: 0, fee: 0 }),
    )
  }
}
