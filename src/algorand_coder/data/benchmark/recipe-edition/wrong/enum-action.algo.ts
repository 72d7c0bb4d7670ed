// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the action is named by a string
import {
  assert, baremethod, Contract, Global, GlobalState, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export class RecipeEdition extends Contract {
  number = GlobalState<uint64>({ initialValue: 1 })
  isSealed = GlobalState<boolean>({ initialValue: false })

  @baremethod({ allowActions: [OnComplete.UpdateApplication] })
  revise(): void {
    this.needsCreator()
    assert(!this.isSealed.value, 'sealed')
    this.number.value += 1
  }

  seal(): void {
    this.needsCreator()
    this.isSealed.value = true
  }

  @readonly
  edition(): uint64 {
    return this.number.value
  }

  private needsCreator(): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
  }
}
