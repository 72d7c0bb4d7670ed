// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: only full half hours are charged
import { Contract, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

const HALF_HOUR: uint64 = 30
const PRICE: uint64 = 150
const DAY: uint64 = 1440
const DAY_PRICE: uint64 = 2400

export class ParkingMeter extends Contract {
  @readonly
  fee(minutes: uint64): uint64 {
    if (minutes <= 15) {
      return 0
    }
    const begun: uint64 = (minutes % DAY) / HALF_HOUR
    const rest: uint64 = begun * PRICE
    return (minutes / DAY) * DAY_PRICE + (rest < DAY_PRICE ? rest : DAY_PRICE)
  }
}
