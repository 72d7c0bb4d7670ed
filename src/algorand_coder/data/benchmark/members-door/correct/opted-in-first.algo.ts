// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, Asset, assert, Contract, GlobalState, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class MembersDoor extends Contract {
  private club = GlobalState<Asset>({ key: 'club' })
  private minimum = GlobalState<uint64>({ key: 'min' })
  private counter = GlobalState<uint64>({ key: 'visits' })

  @abimethod({ onCreate: 'require', allowActions: ['NoOp'] })
  public create(token: Asset, least: uint64): void {
    this.club.value = token
    this.minimum.value = least
    this.counter.value = 0
  }

  public enter(): uint64 {
    const guest = Txn.sender
    assert(guest.isOptedIn(this.club.value), 'members only')
    const units = this.club.value.balance(guest)
    assert(units >= this.minimum.value, 'members only')
    assert(!this.club.value.frozen(guest), 'suspended')
    this.counter.value = this.counter.value + 1
    return units
  }
}
