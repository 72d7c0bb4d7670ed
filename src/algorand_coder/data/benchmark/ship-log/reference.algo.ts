// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  assert, Box, Bytes, bytes, Contract, ensureBudget, GlobalState, log, op, readonly, uint64, urange,
} from '@algorandfoundation/algorand-typescript'

const SIZE: uint64 = 1000

export class ShipLog extends Contract {
  log = Box<bytes>({ key: 'log' })
  used = GlobalState<uint64>({ initialValue: 0 })

  append(text: string): uint64 {
    const line = Bytes(text)
    assert(line.length >= 1 && line.length <= 255, 'wrong length')
    const start = this.used.value
    const end: uint64 = start + 1 + line.length
    assert(end <= SIZE, 'log full')
    if (!this.log.exists) {
      this.log.create({ size: SIZE })
    }
    this.log.replace(start, op.itob(line.length).at(7).concat(line))
    this.used.value = end
    return end
  }

  @readonly
  line(number: uint64): string {
    ensureBudget(2_000)
    let offset: uint64 = 0
    for (const _ of urange(number)) {
      assert(offset < this.used.value, 'no such line')
      offset += 1 + op.btoi(this.log.extract(offset, 1))
    }
    assert(offset < this.used.value, 'no such line')
    return this.log.extract(offset + 1, op.btoi(this.log.extract(offset, 1))).toString()
  }
}
