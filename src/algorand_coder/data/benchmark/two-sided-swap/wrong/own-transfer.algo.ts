// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: counts this transfer alone
import { Asset, assert, Contract, Global, GlobalState, gtxn, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Changer extends Contract {
  oldToken = GlobalState<Asset>()
  newToken = GlobalState<Asset>()

  setUp(oldToken: Asset, newToken: Asset): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(!this.oldToken.hasValue, 'already set up')
    this.oldToken.value = oldToken
    this.newToken.value = newToken
    const self = Global.currentApplicationAddress
    itxn.submitGroup(
      itxn.assetTransfer({ xferAsset: oldToken, assetReceiver: self, assetAmount: 0, fee: 0 }),
      itxn.assetTransfer({ xferAsset: newToken, assetReceiver: self, assetAmount: 0, fee: 0 }),
    )
  }

  change(transfer: gtxn.AssetTransferTxn): uint64 {
    const self = Global.currentApplicationAddress
    assert(transfer.xferAsset === this.oldToken.value, 'wrong token')
    assert(transfer.assetReceiver === self, 'wrong receiver')
    assert(transfer.sender === Txn.sender, 'not yours')
    assert(transfer.assetAmount > 0, 'nothing to change')
    itxn
      .assetTransfer({
        xferAsset: this.newToken.value,
        assetReceiver: Txn.sender,
        assetAmount: transfer.assetAmount,
        fee: 0,
      })
      .submit()
    return transfer.assetAmount
  }
}
