// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a row of 256 is counted as none
import {
  assert, Bytes, bytes, Contract, ensureBudget, op, readonly, uint64,
} from '@algorandfoundation/algorand-typescript'

export class RunLengths extends Contract {
  @readonly
  pack(data: bytes): bytes {
    ensureBudget(9_000)
    let packed = Bytes()
    let i: uint64 = 0
    while (i < data.length) {
      const first = data.at(i)
      let count: uint64 = 1
      while (i + count < data.length && data.at(i + count) === first) {
        count += 1
      }
      packed = packed.concat(op.itob(count).at(7)).concat(first)
      i += count
    }
    return packed
  }

  @readonly
  unpack(data: bytes): bytes {
    assert(data.length % 2 === 0, 'broken')
    ensureBudget(2_000)
    let plain = Bytes()
    for (let i: uint64 = 0; i < data.length; i += 2) {
      const count = op.getByte(data, i)
      assert(count > 0, 'broken')
      const value = data.at(i + 1)
      plain = plain.concat(op.bzero(count).bitwiseOr(this.row(value, count)))
    }
    return plain
  }

  private row(value: bytes, count: uint64): bytes {
    let row = value
    while (row.length < count) {
      row = row.concat(row)
    }
    return row.slice(0, count)
  }
}
