// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a manager could give itself every power over the token
import { Account, Asset, assert, Contract, Global, GlobalState, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class CappedMint extends Contract {
  token = GlobalState<Asset>()

  launch(): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(!this.token.hasValue, 'already launched')
    const creation = itxn.assetConfig({
      assetName: 'Cap',
      unitName: 'CAP',
      decimals: 2,
      total: 1_000_000,
      reserve: Global.currentApplicationAddress,
      manager: Global.currentApplicationAddress,
      fee: 0,
    })
    this.token.value = creation.submit().createdAsset
    return this.token.value.id
  }

  issue(to: Account, amount: uint64): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(this.token.hasValue, 'not launched')
    const token = this.token.value
    const left = token.balance(Global.currentApplicationAddress)
    assert(amount <= left, 'cap reached')
    itxn.assetTransfer({ xferAsset: token, assetReceiver: to, assetAmount: amount, fee: 0 }).submit()
    return left - amount
  }
}
