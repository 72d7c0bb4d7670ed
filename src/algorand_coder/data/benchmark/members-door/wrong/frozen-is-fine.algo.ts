// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: lets suspended members in
import { abimethod, Asset, assert, Contract, GlobalState, op, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class MembersDoor extends Contract {
  token = GlobalState<Asset>()
  least = GlobalState<uint64>()
  visits = GlobalState<uint64>({ initialValue: 0 })

  @abimethod({ onCreate: 'require' })
  create(token: Asset, least: uint64): void {
    this.token.value = token
    this.least.value = least
  }

  enter(): uint64 {
    const [balance, holds] = op.AssetHolding.assetBalance(Txn.sender, this.token.value)
    assert(holds && balance >= this.least.value, 'members only')
    this.visits.value += 1
    return balance
  }
}
