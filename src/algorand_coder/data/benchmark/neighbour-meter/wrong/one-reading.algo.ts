// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: all meters share one last reading
import { Application, assert, Bytes, Contract, GlobalState, op, uint64 } from '@algorandfoundation/algorand-typescript'

export class NeighbourMeter extends Contract {
  readings = GlobalState<uint64>({ initialValue: 0 })

  bill(meter: Application): uint64 {
    const [reading, found] = op.AppGlobal.getExUint64(meter, Bytes('reading'))
    assert(found, 'no reading')
    const before = this.readings.value
    assert(reading >= before, 'runs backwards')
    this.readings.value = reading
    return reading - before
  }
}
