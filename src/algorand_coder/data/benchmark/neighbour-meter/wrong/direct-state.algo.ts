// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: an application has no method for its state
import { Application, assert, BoxMap, Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class NeighbourMeter extends Contract {
  readings = BoxMap<Application, uint64>({ keyPrefix: 'm' })

  bill(meter: Application): uint64 {
    const reading = meter.globalState('reading')
    assert(reading !== undefined, 'no reading')
    const before = this.readings(meter).get({ default: 0 })
    assert(reading >= before, 'runs backwards')
    this.readings(meter).value = reading
    return reading - before
  }
}
