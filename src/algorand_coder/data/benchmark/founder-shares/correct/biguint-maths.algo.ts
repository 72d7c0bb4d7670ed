// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  Account, assert, biguint, BigUint, Bytes, clone, Contract, Global, GlobalState, itxn, op, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

type Plan = { founder: Account; total: uint64; start: uint64; cliff: uint64; duration: uint64 }

export class FounderShares extends Contract {
  plan = GlobalState<Plan>()
  claimed = GlobalState<uint64>({ initialValue: 0 })

  createApplication(founder: Account, total: uint64, start: uint64, cliff: uint64, duration: uint64): void {
    assert(duration > 0, 'no duration')
    assert(cliff <= duration, 'cliff too long')
    this.plan.value = { founder, total, start, cliff, duration }
  }

  @readonly
  vestedAt(time: uint64): uint64 {
    const plan = clone(this.plan.value)
    if (time < plan.start + plan.cliff) return 0
    if (time >= plan.start + plan.duration) return plan.total
    const share: biguint = (BigUint(plan.total) * BigUint(time - plan.start)) / BigUint(plan.duration)
    return op.btoi(Bytes(share))
  }

  claim(): uint64 {
    assert(Txn.sender === this.plan.value.founder, 'founder only')
    const due: uint64 = this.vestedAt(Global.latestTimestamp) - this.claimed.value
    assert(due > 0, 'nothing to claim')
    this.claimed.value += due
    itxn.payment({ receiver: Txn.sender, amount: due, fee: 0 }).submit()
    return due
  }
}
