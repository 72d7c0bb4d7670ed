// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: counts lifted holds as well
import { Account, Asset, assert, BoxMap, Contract, Global, GlobalState, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class ComplianceDesk extends Contract {
  officers = BoxMap<Account, boolean>({ keyPrefix: 'o' })
  holds = GlobalState<uint64>({ initialValue: 0 })

  appoint(officer: Account): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.officers(officer).value = true
  }

  setHold(coin: Asset, holder: Account, hold: boolean): uint64 {
    assert(this.officers(Txn.sender).exists, 'officers only')
    itxn.assetFreeze({ freezeAsset: coin, freezeAccount: holder, frozen: hold, fee: 0 }).submit()
    this.holds.value += 1
    return this.holds.value
  }
}
