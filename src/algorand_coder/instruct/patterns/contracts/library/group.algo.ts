import { assert, Contract, Global, gtxn, Txn, uint64, urange } from '@algorandfoundation/algorand-typescript'

/** How a call sits in its group. The comments say what a method does, in the words of a request. */
export class GroupPosition extends Contract {
  /** fails unless the call is the only transaction of its group */
  alone(): void {
    assert(Global.groupSize === 1, 'must be sent alone')
  }

  /** fails unless the call comes first in its group */
  first(): void {
    assert(Txn.groupIndex === 0, 'must come first')
  }

  /** fails unless the call comes last in its group */
  last(): void {
    assert(Txn.groupIndex === Global.groupSize - 1, 'must come last')
  }

  /** fails unless the whole group has one sender */
  sameSender(): void {
    for (const i of urange(Global.groupSize)) {
      assert(gtxn.Transaction(i).sender === Txn.sender, 'one sender only')
    }
  }

  /** fails when any transaction of the group rekeys its sender */
  noRekey(): void {
    for (const i of urange(Global.groupSize)) {
      assert(gtxn.Transaction(i).rekeyTo === Global.zeroAddress, 'no rekeying here')
    }
  }

  /** fails when the call pays a needlessly high fee */
  cheap(): void {
    assert(Txn.fee <= 5_000, 'the fee is too high')
  }

  /** returns the size of the group */
  size(): uint64 {
    return Global.groupSize
  }

  /** takes a transaction of the same group and tells whether the caller sent it before the call */
  pairWith(other: gtxn.Transaction): boolean {
    return other.sender === Txn.sender && other.groupIndex < Txn.groupIndex
  }
}
