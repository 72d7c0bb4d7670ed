// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: changes a copy and never writes it back
import { abimethod, Account, assert, BoxMap, clone, Contract, Global, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

type Card = { visits: uint64; lastRound: uint64 }

export class VisitorLog extends Contract {
  cards = BoxMap<Account, Card>({ keyPrefix: 'v' })

  @abimethod()
  visit(): uint64 {
    if (!this.cards(Txn.sender).exists) this.cards(Txn.sender).value = { visits: 0, lastRound: 0 }
    const card = clone(this.cards(Txn.sender).value)
    card.visits += 1
    card.lastRound = Global.round
    return card.visits
  }

  @readonly
  lastVisit(visitor: Account): uint64 {
    assert(this.cards(visitor).exists, 'never here')
    return this.cards(visitor).value.lastRound
  }
}
