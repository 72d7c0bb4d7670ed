// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: answers with the id of the head office
import {
  abimethod, assert, Bytes, Contract, Global, GlobalState, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'
import { compileArc4 } from '@algorandfoundation/algorand-typescript/arc4'

export class Branch extends Contract {
  name = GlobalState<string>()
  visits = GlobalState<uint64>({ initialValue: 0 })

  @abimethod({ onCreate: 'require' })
  createApplication(town: string): void {
    this.name.value = town
  }

  @abimethod({ readonly: true })
  town(): string {
    return this.name.value
  }

  @abimethod()
  visit(): uint64 {
    this.visits.value += 1
    return this.visits.value
  }
}

export class HeadOffice extends Contract {
  opened = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  open(town: string): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(Bytes(town).length > 0, 'name the town')
    const branch = compileArc4(Branch)
    const founded = branch.call.createApplication({ args: [town], fee: 0 }).itxn.createdApp
    this.opened.value += 1
    return founded.id > 0 ? Global.currentApplicationId.id : 0
  }

  @abimethod({ readonly: true })
  branches(): uint64 {
    return this.opened.value
  }
}
