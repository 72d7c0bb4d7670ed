// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: numbers of a struct are uint64
import { Account, Asset, assert, BoxMap, clone, Contract, Global, gtxn, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

type Lock = { token: Asset; units: string; until: uint64 }

export class TokenLocker extends Contract {
  locks = BoxMap<Account, Lock>({ keyPrefix: 'l' })

  accept(token: Asset): void {
    itxn
      .assetTransfer({ xferAsset: token, assetReceiver: Global.currentApplicationAddress, assetAmount: 0, fee: 0 })
      .submit()
  }

  lock(transfer: gtxn.AssetTransferTxn, until: uint64): void {
    assert(transfer.assetReceiver === Global.currentApplicationAddress, 'wrong receiver')
    assert(until > Global.round, 'already over')
    assert(!this.locks(Txn.sender).exists, 'one lock each')
    this.locks(Txn.sender).value = { token: transfer.xferAsset.id, units: transfer.assetAmount, until }
  }

  release(): uint64 {
    const mine = this.locks(Txn.sender)
    assert(mine.exists, 'no lock')
    const lock = clone(mine.value)
    assert(Global.round >= lock.until, 'too early')
    mine.delete()
    itxn.assetTransfer({ xferAsset: lock.token, assetReceiver: Txn.sender, assetAmount: lock.units, fee: 0 }).submit()
    return lock.units
  }
}
