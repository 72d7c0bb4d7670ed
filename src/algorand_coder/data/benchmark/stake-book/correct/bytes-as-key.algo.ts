// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { Account, Asset, assert, BoxMap, bytes, Contract, Global, gtxn, itxn, op, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

function keyOf(token: Asset, holder: Account): bytes {
  return op.itob(token.id).concat(holder.bytes)
}

export class StakeBook extends Contract {
  private book = BoxMap<bytes, uint64>({ keyPrefix: '' })

  public accept(token: Asset): void {
    itxn
      .assetTransfer({ xferAsset: token, assetAmount: 0, assetReceiver: Global.currentApplicationAddress })
      .submit()
  }

  public stake(transfer: gtxn.AssetTransferTxn): uint64 {
    assert(Txn.sender === transfer.sender, 'not yours')
    assert(Global.currentApplicationAddress === transfer.assetReceiver, 'wrong receiver')
    const added = transfer.assetAmount
    assert(added !== 0, 'nothing staked')
    const entry = this.book(keyOf(transfer.xferAsset, Txn.sender))
    if (entry.exists) {
      entry.value += added
    } else {
      entry.value = added
    }
    return entry.value
  }

  public unstake(token: Asset, units: uint64): uint64 {
    const entry = this.book(keyOf(token, Txn.sender))
    const had = entry.get({ default: 0 })
    assert(had >= units, 'not that much')
    itxn.assetTransfer({ xferAsset: token, assetAmount: units, assetReceiver: Txn.sender }).submit()
    if (had === units) {
      entry.delete()
      return 0
    }
    entry.value = had - units
    return had - units
  }

  @readonly
  public stakeOf(token: Asset, account: Account): uint64 {
    const [value, there] = this.book(keyOf(token, account)).maybe()
    return there ? value : 0
  }
}
