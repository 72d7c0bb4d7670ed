// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a proposal can be paid again and again
import {
  Account, assert, BoxMap, clone, Contract, err, FixedArray, GlobalState, itxn, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

type Proposal = { by: Account; receiver: Account; amount: uint64 }

export class ThreeKeys extends Contract {
  keys = GlobalState<FixedArray<Account, 3>>()
  last = GlobalState<uint64>({ initialValue: 0 })
  proposals = BoxMap<uint64, Proposal>({ keyPrefix: 'p' })

  createApplication(keys: Account[]): void {
    assert(keys.length === 3, 'three keys are needed')
    assert(keys[0] !== keys[1] && keys[1] !== keys[2] && keys[0] !== keys[2], 'keys must differ')
    this.keys.value = new FixedArray(keys[0], keys[1], keys[2])
  }

  propose(receiver: Account, microAlgos: uint64): uint64 {
    this.needsKey()
    this.last.value += 1
    this.proposals(this.last.value).value = { by: Txn.sender, receiver, amount: microAlgos }
    return this.last.value
  }

  approve(number: uint64): void {
    this.needsKey()
    assert(this.proposals(number).exists, 'no proposal')
    const proposal = clone(this.proposals(number).value)
    assert(proposal.by !== Txn.sender, 'already approved')

    itxn.payment({ receiver: proposal.receiver, amount: proposal.amount, fee: 0 }).submit()
  }

  private needsKey(): void {
    for (const key of this.keys.value) {
      if (key === Txn.sender) return
    }
    err('no key')
  }
}
