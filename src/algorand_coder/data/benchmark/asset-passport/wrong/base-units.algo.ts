// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: answers with base units
import { Asset, Contract, Global, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export class AssetPassport extends Contract {
  @readonly
  whole(token: Asset): uint64 {
    return token.total
  }

  @readonly
  locked(token: Asset): boolean {
    return token.freeze === Global.zeroAddress && token.clawback === Global.zeroAddress
  }
}
