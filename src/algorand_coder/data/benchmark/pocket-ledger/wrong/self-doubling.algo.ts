// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: sending to oneself makes points
import {
  Account, assert, BoxMap, bytes, Contract, Global, op, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export class PocketLedger extends Contract {
  balances = BoxMap<Account, uint64>({ keyPrefix: 'b' })
  permits = BoxMap<bytes<32>, uint64>({ keyPrefix: 'p' })

  issue(to: Account, points: uint64): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    this.balances(to).value = this.balanceOf(to) + points
  }

  send(to: Account, points: uint64): void {
    this.move(Txn.sender, to, points)
  }

  permit(spender: Account, points: uint64): void {
    this.setPermit(Txn.sender, spender, points)
  }

  sendFor(owner: Account, to: Account, points: uint64): void {
    const left = this.permitted(owner, Txn.sender)
    assert(points <= left, 'not permitted')
    this.setPermit(owner, Txn.sender, left - points)
    this.move(owner, to, points)
  }

  @readonly
  balanceOf(account: Account): uint64 {
    return this.balances(account).get({ default: 0 })
  }

  @readonly
  permitted(owner: Account, spender: Account): uint64 {
    return this.permits(this.pair(owner, spender)).get({ default: 0 })
  }

  private move(from: Account, to: Account, points: uint64): void {
    assert(points <= this.balanceOf(from), 'too few points')
    const before = this.balanceOf(to)
    this.balances(from).value = this.balanceOf(from) - points
    this.balances(to).value = before + points
  }

  private pair(owner: Account, spender: Account): bytes<32> {
    return op.sha256(owner.bytes.concat(spender.bytes))
  }

  private setPermit(owner: Account, spender: Account, points: uint64): void {
    if (points > 0) {
      this.permits(this.pair(owner, spender)).value = points
    } else {
      this.permits(this.pair(owner, spender)).delete()
    }
  }
}
