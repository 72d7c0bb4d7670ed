// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: numbers above nine lose their first digit
import { assert, Bytes, bytes, Contract, Global, GlobalState, itxn, op, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

function digits(value: uint64): bytes {
  let text = Bytes('')
  let rest = value
  do {
    text = Bytes('0123456789').slice(rest % 10, (rest % 10) + 1).concat(text)
    rest = 0
  } while (rest > 0)
  return text
}

export class TicketPrinter extends Contract {
  printed = GlobalState<uint64>({ initialValue: 0 })

  print(): [uint64, uint64] {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(this.printed.value < 12, 'sold out')
    this.printed.value += 1
    const serial = this.printed.value
    const ticket = itxn
      .assetConfig({
        total: 1,
        decimals: 0,
        unitName: 'TCKT',
        assetName: Bytes('Ticket #').concat(digits(serial)),
        metadataHash: op.sha256(op.itob(serial)),
        fee: 0,
      })
      .submit()
    return [serial, ticket.createdAsset.id]
  }
}
