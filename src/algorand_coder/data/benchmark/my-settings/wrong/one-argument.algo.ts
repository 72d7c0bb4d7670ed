// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the account is missing
import {
  abimethod, Account, assert, baremethod, contract, Contract, Global, LocalMap, readonly, Txn,
} from '@algorandfoundation/algorand-typescript'

@contract({ stateTotals: { localBytes: 8 } })
export class MySettings extends Contract {
  settings = LocalMap<string, string>({ keyPrefix: 's' })

  @baremethod({ allowActions: 'OptIn' })
  join(): void {}

  @abimethod()
  put(name: string, value: string): void {
    assert(Txn.sender.isOptedIn(Global.currentApplicationId), 'opt in first')
    this.settings(name).value = value
  }

  @abimethod()
  take(name: string): string {
    const value = this.show(Txn.sender, name)
    this.settings(name, Txn.sender).delete()
    return value
  }

  @readonly
  show(user: Account, name: string): string {
    assert(this.settings(name, user).hasValue, 'no setting')
    return this.settings(name, user).value
  }
}
