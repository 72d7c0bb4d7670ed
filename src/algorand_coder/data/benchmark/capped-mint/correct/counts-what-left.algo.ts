// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { Account, Asset, assert, Contract, Global, GlobalState, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

const CAP: uint64 = 1_000_000

export class CappedMint extends Contract {
  private id = GlobalState<uint64>({ key: 'a', initialValue: 0 })
  private out = GlobalState<uint64>({ key: 'o', initialValue: 0 })

  private authorise(): void {
    assert(Global.creatorAddress === Txn.sender, 'creator only')
  }

  public launch(): uint64 {
    this.authorise()
    assert(this.id.value === 0, 'already launched')
    const made = itxn
      .assetConfig({
        total: CAP, decimals: 2, defaultFrozen: false, unitName: 'CAP', assetName: 'Cap',
        reserve: Global.currentApplicationAddress,
      })
      .submit()
    this.id.value = made.createdAsset.id
    return made.createdAsset.id
  }

  public issue(to: Account, amount: uint64): uint64 {
    this.authorise()
    assert(this.id.value !== 0, 'not launched')
    const rest: uint64 = CAP - this.out.value
    assert(rest >= amount, 'cap reached')
    this.out.value += amount
    itxn.assetTransfer({ assetReceiver: to, assetAmount: amount, xferAsset: Asset(this.id.value) }).submit()
    return CAP - this.out.value
  }
}
