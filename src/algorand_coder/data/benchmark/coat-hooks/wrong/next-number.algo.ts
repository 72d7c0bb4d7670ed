// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a freed hook is never given again
import {
  Account, assert, BoxMap, Contract, ensureBudget, GlobalState, op, readonly, Txn, uint64, urange,
} from '@algorandfoundation/algorand-typescript'

export class CoatHooks extends Contract {
  taken = GlobalState<uint64>({ initialValue: 0 })
  hooks = BoxMap<Account, uint64>({ keyPrefix: 'h' })

  hang(): uint64 {
    assert(!this.hooks(Txn.sender).exists, 'one hook each')
    ensureBudget(1_400)
    const hook = op.bitLength(this.taken.value)
    assert(hook < 64, 'all taken')
    this.taken.value = op.setBit(this.taken.value, hook, 1)
    this.hooks(Txn.sender).value = hook
    return hook
  }

  fetch(): uint64 {
    const [hook, found] = this.hooks(Txn.sender).maybe()
    assert(found, 'no hook')
    this.hooks(Txn.sender).delete()
    this.taken.value = op.setBit(this.taken.value, hook, 0)
    return hook
  }

  @readonly
  free(): uint64 {
    ensureBudget(1_400)
    let free: uint64 = 0
    for (const hook of urange(64)) {
      if (!op.getBit(this.taken.value, hook)) {
        free += 1
      }
    }
    return free
  }
}
