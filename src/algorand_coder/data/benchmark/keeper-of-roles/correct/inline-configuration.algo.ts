// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { Account, Asset, assert, Contract, Global, itxn, Txn } from '@algorandfoundation/algorand-typescript'

export class RoleKeeper extends Contract {
  private guard(token: Asset): void {
    assert(Global.creatorAddress === Txn.sender, 'creator only')
    assert(Global.currentApplicationAddress === token.manager, 'not managed here')
  }

  public moveReserve(token: Asset, reserve: Account): Account {
    this.guard(token)
    assert(reserve !== token.reserve, 'no change')
    itxn
      .assetConfig({
        configAsset: token, manager: token.manager, freeze: token.freeze, clawback: token.clawback, reserve,
      })
      .submit()
    return token.reserve
  }

  public renounce(token: Asset): Account {
    this.guard(token)
    const kept = token.reserve
    itxn.assetConfig({ configAsset: token, freeze: token.freeze, clawback: token.clawback, reserve: kept }).submit()
    return kept
  }
}
