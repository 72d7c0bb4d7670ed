import { Account, Asset, bytes, Contract, Global, op, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

/** Questions about assets. The comments say what a method does, in the words of a request. */
export class AssetQuestions extends Contract {
  /** returns the total supply of an asset */
  @readonly
  supplyOf(asset: Asset): uint64 {
    return asset.total
  }

  /** converts base units of an asset into whole units, rounded down */
  @readonly
  wholeUnits(asset: Asset, amount: uint64): uint64 {
    return amount / op.exp(10, asset.decimals)
  }

  /** tells whether an account created an asset */
  @readonly
  isCreator(asset: Asset, account: Account): boolean {
    return asset.creator === account
  }

  /** tells whether an asset has no manager */
  @readonly
  isImmutable(asset: Asset): boolean {
    return asset.manager === Global.zeroAddress
  }

  /** returns an account's balance of an asset, zero without an opt-in */
  @readonly
  holding(asset: Asset, account: Account): uint64 {
    return account.isOptedIn(asset) ? asset.balance(account) : 0
  }

  /** returns the unit name of an asset as bytes */
  @readonly
  unit(asset: Asset): bytes {
    return asset.unitName
  }

  /** returns the total minus what the reserve holds */
  @readonly
  circulating(asset: Asset): uint64 {
    return asset.total - asset.balance(asset.reserve)
  }

  /** tells whether an asset is a pure NFT: total one, no decimals */
  @readonly
  isNft(asset: Asset): boolean {
    return asset.total === 1 && asset.decimals === 0
  }

  /** tells whether an account holds more base units of a first asset than of a second */
  @readonly
  compare(first: Asset, second: Asset, account: Account): boolean {
    return first.balance(account) > second.balance(account)
  }
}
