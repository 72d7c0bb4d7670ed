// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, Asset, Contract, Global, op, uint64 } from '@algorandfoundation/algorand-typescript'

export class AssetPassport extends Contract {
  @abimethod({ readonly: true })
  public whole(token: Asset): uint64 {
    const [total] = op.AssetParams.assetTotal(token)
    let rest: uint64 = total
    for (let place: uint64 = 0; place < token.decimals; place += 1) {
      rest = rest / 10
    }
    return rest
  }

  @abimethod({ readonly: true })
  public locked(token: Asset): boolean {
    return !(token.freeze !== Global.zeroAddress || token.clawback !== Global.zeroAddress)
  }
}
