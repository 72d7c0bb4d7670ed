import {
  abimethod, Account, assert, Contract, GlobalState, LocalState, TemplateVar, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

/** State of every kind but boxes; its greeting is set when it is deployed, and it may be updated and deleted. */
export class Greeter extends Contract {
  calls = GlobalState<uint64>({ key: 'calls', initialValue: 0 })
  visits = LocalState<uint64>({ key: 'visits' })

  @abimethod()
  hello(name: string): string {
    this.calls.value += 1
    return `${TemplateVar<string>('GREETING')}, ${name}`
  }

  @abimethod({ allowActions: 'OptIn' })
  join(): void {
    this.visits(Txn.sender).value = 0
  }

  @abimethod()
  visit(guest: Account): uint64 {
    assert(guest.isOptedIn(Txn.applicationId), 'guest has not joined')
    this.visits(guest).value += 1
    return this.visits(guest).value
  }

  @abimethod({ allowActions: ['UpdateApplication', 'DeleteApplication'] })
  maintain(): void {
    assert(Txn.sender === Txn.applicationId.creator, 'only the creator')
  }
}
