import { Account, Application, Contract, Global, readonly, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

/** The call, the chain and the application itself. The comments say what a method does, in the words of a request. */
export class Context extends Contract {
  /** returns the sender of the call */
  @readonly
  caller(): Account {
    return Txn.sender
  }

  /** returns the timestamp of the latest block */
  @readonly
  now(): uint64 {
    return Global.latestTimestamp
  }

  /** returns the current round */
  @readonly
  round(): uint64 {
    return Global.round
  }

  /** returns the application's own account */
  @readonly
  appAddress(): Account {
    return Global.currentApplicationAddress
  }

  /** returns the application's id */
  @readonly
  appId(): uint64 {
    return Global.currentApplicationId.id
  }

  /** returns what the application could pay out */
  @readonly
  spendable(): uint64 {
    const account = Global.currentApplicationAddress
    return account.balance - account.minBalance
  }

  /** tells whether an account created the application */
  @readonly
  isCreator(account: Account): boolean {
    return account === Global.creatorAddress
  }

  /** returns an account's balance in microAlgos */
  @readonly
  balance(account: Account): uint64 {
    return account.balance
  }

  /** returns the length of the note of the call */
  noteLength(): uint64 {
    return Txn.note.length
  }

  /** tells whether an account has opted in to an application */
  @readonly
  holdsApp(account: Account, app: Application): boolean {
    return account.isOptedIn(app)
  }

  /** returns the minimum transaction fee */
  @readonly
  minFee(): uint64 {
    return Global.minTxnFee
  }
}
