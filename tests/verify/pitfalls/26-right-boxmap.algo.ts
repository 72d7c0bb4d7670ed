// fact 26: passes
import { BoxMap, Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  recs = BoxMap<uint64, uint64>({ keyPrefix: 'r' })
  
  run(k: uint64): uint64 {
    this.recs(k).value = 1
    return this.recs(k).value
  }
}
