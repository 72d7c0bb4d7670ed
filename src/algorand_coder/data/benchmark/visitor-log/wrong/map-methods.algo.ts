// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: a BoxMap is called with its key; it has no get and set
import { abimethod, Account, BoxMap, Contract, Global, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

type Card = { visits: uint64; lastRound: uint64 }

export class VisitorLog extends Contract {
  cards = BoxMap<Account, Card>({ keyPrefix: 'v' })

  @abimethod()
  visit(): uint64 {
    const card = this.cards.get(Txn.sender) ?? { visits: 0, lastRound: 0 }
    this.cards.set(Txn.sender, { visits: card.visits + 1, lastRound: Global.round })
    return card.visits + 1
  }

  @readonly
  lastVisit(visitor: Account): uint64 {
    return this.cards.get(visitor).lastRound
  }
}
