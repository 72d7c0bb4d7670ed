import {
  abimethod,
  Account,
  assert,
  baremethod,
  BoxMap,
  Contract,
  Global,
  GlobalState,
  gtxn,
  itxn,
  LocalState,
  OnCompleteAction,
  Txn,
  uint64,
} from '@algorandfoundation/algorand-typescript'

/** The ticket office of `patterns/apps.yaml`, which client programs are pointed at. */
export class TicketOffice extends Contract {
  ticketsSold = GlobalState<uint64>({ initialValue: 0 })
  venue = GlobalState<string>({ initialValue: 'Opera' })
  price = GlobalState<uint64>({ initialValue: 500_000 })
  label = GlobalState<string>({ initialValue: '' })
  spent = LocalState<uint64>()
  seats = BoxMap<uint64, Account>({ keyPrefix: 'seats' })

  @abimethod({ onCreate: 'allow' })
  create(label: string): void {
    this.label.value = label
  }

  reserveSeat(seat: uint64): boolean {
    assert(seat > 0, 'no such seat')
    const free: boolean = !this.seats(seat).exists
    if (free) {
      this.seats(seat).value = Txn.sender
    }
    return free
  }

  @abimethod({ readonly: true })
  priceOf(category: string): uint64 {
    assert(category !== '', 'no such category')
    return category === 'balcony' ? 700_000 : this.price.value
  }

  buyTicket(payment: gtxn.PaymentTxn, seat: uint64): uint64 {
    assert(payment.receiver === Global.currentApplicationAddress, 'pay the office')
    this.seats(seat).value = Txn.sender
    this.ticketsSold.value += 1
    return this.ticketsSold.value
  }

  refund(ticket: uint64): void {
    assert(ticket > 0, 'no such ticket')
    itxn.payment({ receiver: Txn.sender, amount: 1_000, fee: 0 }).submit()
  }

  @abimethod({ allowActions: 'OptIn' })
  join(): void {
    this.spent(Txn.sender).value = 42
  }

  @abimethod({ allowActions: 'CloseOut' })
  leave(): void {}

  @abimethod({ allowActions: 'DeleteApplication' })
  retire(): void {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
  }

  @baremethod({ allowActions: ['OptIn', 'CloseOut', 'UpdateApplication', 'DeleteApplication'] })
  lifeCycle(): void {
    if (Txn.onCompletion === OnCompleteAction.OptIn) {
      this.spent(Txn.sender).value = 7
    } else if (Txn.onCompletion !== OnCompleteAction.CloseOut) {
      assert(Txn.sender === Global.creatorAddress, 'creator only')
    }
  }
}
