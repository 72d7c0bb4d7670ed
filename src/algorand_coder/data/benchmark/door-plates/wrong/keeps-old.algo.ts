// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the old name stays taken
import { Account, assert, BoxMap, Bytes, Contract, readonly, Txn } from '@algorandfoundation/algorand-typescript'

export class DoorPlates extends Contract {
  owners = BoxMap<string, Account>({ keyPrefix: 'n' })
  names = BoxMap<Account, string>({ keyPrefix: 'a' })

  take(name: string): void {
    const size = Bytes(name).length
    assert(size >= 3 && size <= 20, 'wrong length')
    if (this.owners(name).exists) {
      assert(this.owners(name).value === Txn.sender, 'taken')
    } else {
      this.names(Txn.sender).delete()
      this.owners(name).value = Txn.sender
      this.names(Txn.sender).value = name
    }
  }

  drop(): void {
    assert(this.release(Txn.sender), 'no plate')
  }

  @readonly
  whoIs(name: string): Account {
    assert(this.owners(name).exists, 'free name')
    return this.owners(name).value
  }

  @readonly
  nameOf(account: Account): string {
    assert(this.names(account).exists, 'no plate')
    return this.names(account).value
  }

  private release(account: Account): boolean {
    const plate = this.names(account)
    if (!plate.exists) return false
    this.owners(plate.value).delete()
    return plate.delete()
  }
}
