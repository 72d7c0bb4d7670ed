// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: units of one asset can be taken out as another
import { Account, Asset, assert, BoxMap, Contract, Global, gtxn, itxn, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

type StakeKey = { token: uint64; holder: Account }

export class StakeBook extends Contract {
  stakes = BoxMap<StakeKey, uint64>({ keyPrefix: 's' })

  accept(token: Asset): void {
    const assetReceiver = Global.currentApplicationAddress
    itxn.assetTransfer({ xferAsset: token, assetReceiver, assetAmount: 0, fee: 0 }).submit()
  }

  stake(transfer: gtxn.AssetTransferTxn): uint64 {
    assert(transfer.sender === Txn.sender, 'not yours')
    assert(transfer.assetReceiver === Global.currentApplicationAddress, 'wrong receiver')
    assert(transfer.assetAmount > 0, 'nothing staked')
    const sum: uint64 = this.stakeOf(transfer.xferAsset, Txn.sender) + transfer.assetAmount
    this.stakes({ token: 0, holder: Txn.sender }).value = sum
    return sum
  }

  unstake(token: Asset, units: uint64): uint64 {
    const staked = this.stakeOf(token, Txn.sender)
    assert(units <= staked, 'not that much')
    const left: uint64 = staked - units
    const record = this.stakes({ token: token.id, holder: Txn.sender })
    if (left > 0) {
      record.value = left
    } else {
      record.delete()
    }
    itxn.assetTransfer({ xferAsset: token, assetReceiver: Txn.sender, assetAmount: units, fee: 0 }).submit()
    return left
  }

  @readonly
  stakeOf(token: Asset, account: Account): uint64 {
    return this.stakes({ token: token.id * 0, holder: account }).get({ default: 0 })
  }
}
