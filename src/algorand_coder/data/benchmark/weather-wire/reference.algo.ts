// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { assert, BoxMap, Contract, emit, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export class WeatherWire extends Contract {
  records = BoxMap<string, uint64>({ keyPrefix: 'r' })

  report(place: string, kelvin10: uint64): void {
    emit('Measured', place, kelvin10)
    const record = this.records(place)
    const before = record.get({ default: 0 })
    if (!record.exists || kelvin10 > before) {
      record.value = kelvin10
      emit('Record', place, kelvin10, before)
    }
  }

  @readonly
  record(place: string): uint64 {
    assert(this.records(place).exists, 'unknown place')
    return this.records(place).value
  }
}
