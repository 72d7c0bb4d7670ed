// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: compile
// why: default parameters are not part of the language
import { assert, Asset, Contract, GlobalState, op, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class MembersLounge extends Contract {
  card = GlobalState<Asset>()
  units = GlobalState<uint64>()
  visits = GlobalState<uint64>({ initialValue: 0 })

  createApplication(card: Asset, units: uint64 = 1): void {
    assert(units > 0, 'no units')
    this.card.value = card
    this.units.value = units
  }

  enter(): uint64 {
    const [held, optedIn] = op.AssetHolding.assetBalance(Txn.sender, this.card.value)
    assert(optedIn, 'no card')
    assert(held >= this.units.value, 'too few units')
    const [frozen] = op.AssetHolding.assetFrozen(Txn.sender, this.card.value)
    assert(!frozen, 'card frozen')
    this.visits.value += 1
    return this.visits.value
  }
}
