// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: fails when the holder has fewer units
import { abimethod, Account, Asset, assert, BoxMap, Contract, Global, itxn, op, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class RecallOffice extends Contract {
  taken = BoxMap<Account, uint64>({ keyPrefix: 't' })

  recall(token: Asset, holder: Account, amount: uint64): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    const [balance, optedIn] = op.AssetHolding.assetBalance(holder, token)
    assert(optedIn && balance > 0, 'nothing to recall')
    const units: uint64 = amount
    itxn
      .assetTransfer({ xferAsset: token, assetSender: holder, assetReceiver: token.creator, assetAmount: units, fee: 0 })
      .submit()
    this.taken(holder).value = this.recalled(holder) + units
    return units
  }

  @abimethod({ readonly: true })
  recalled(holder: Account): uint64 {
    return this.taken(holder).get({ default: 0 })
  }
}
