// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  Account, assert, BoxMap, Contract, ensureBudget, GlobalState, op, readonly, Txn, uint64, Uint64,
} from '@algorandfoundation/algorand-typescript'

export class CoatHooks extends Contract {
  taken = GlobalState<uint64>({ initialValue: 0 })
  hooks = BoxMap<Account, uint64>({ keyPrefix: 'h' })

  hang(): uint64 {
    assert(!this.hooks(Txn.sender).exists, 'one hook each')
    ensureBudget(1_400)
    let hook: uint64 = 0
    while (hook < 64 && op.getBit(this.taken.value, hook)) {
      hook += 1
    }
    assert(hook < 64, 'all taken')
    this.taken.value = this.taken.value | (Uint64(1) << hook)
    this.hooks(Txn.sender).value = hook
    return hook
  }

  fetch(): uint64 {
    const [hook, found] = this.hooks(Txn.sender).maybe()
    assert(found, 'no hook')
    this.hooks(Txn.sender).delete()
    this.taken.value = this.taken.value ^ (Uint64(1) << hook)
    return hook
  }

  @readonly
  free(): uint64 {
    ensureBudget(1_400)
    let free: uint64 = 64
    for (let rest = this.taken.value; rest > 0; rest = rest >> 1) {
      free -= rest & 1
    }
    return free
  }
}
