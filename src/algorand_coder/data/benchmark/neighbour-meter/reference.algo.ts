// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { Application, assert, BoxMap, Bytes, Contract, op, uint64 } from '@algorandfoundation/algorand-typescript'

export class NeighbourMeter extends Contract {
  readings = BoxMap<Application, uint64>({ keyPrefix: 'm' })

  bill(meter: Application): uint64 {
    const [reading, found] = op.AppGlobal.getExUint64(meter, Bytes('reading'))
    assert(found, 'no reading')
    const before = this.readings(meter).get({ default: 0 })
    assert(reading >= before, 'runs backwards')
    this.readings(meter).value = reading
    return reading - before
  }
}
