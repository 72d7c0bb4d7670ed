// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: no second asset can ever be issued
import { Account, Asset, assert, Contract, Global, GlobalState, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Souvenir extends Contract {
  souvenir = GlobalState<Asset>()

  private onlyCreator(): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
  }

  issue(supply: uint64): uint64 {
    this.onlyCreator()
    assert(!this.souvenir.hasValue, 'already issued')
    const created = itxn
      .assetConfig({ total: supply, decimals: 0, assetName: 'Souvenir', manager: Global.currentApplicationAddress, fee: 0 })
      .submit()
    this.souvenir.value = created.createdAsset
    return created.createdAsset.id
  }

  hand(visitor: Account, units: uint64): void {
    this.onlyCreator()
    itxn
      .assetTransfer({ xferAsset: this.souvenir.value, assetReceiver: visitor, assetAmount: units, fee: 0 })
      .submit()
  }

  retire(): void {
    assert(this.souvenir.hasValue, 'not issued')
    const asset = this.souvenir.value
    assert(asset.balance(Global.currentApplicationAddress) === asset.total, 'units are out')
    itxn.assetConfig({ configAsset: asset, fee: 0 }).submit()
  }
}
