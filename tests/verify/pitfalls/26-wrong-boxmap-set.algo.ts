// fact 26: fails at types
import { BoxMap, Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  recs = BoxMap<uint64, uint64>({ keyPrefix: 'r' })
  
  run(k: uint64): void {
    this.recs.set(k, 1)
  }
}
