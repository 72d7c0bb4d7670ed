// fact 14: passes
import { BoxMap, Contract, clone, uint64 } from '@algorandfoundation/algorand-typescript'

type Rec = { amount: uint64; note: string }

export class Demo extends Contract {
  recs = BoxMap<uint64, Rec>({ keyPrefix: 'r' })
  
  run(k: uint64): uint64 {
    const p = clone(this.recs(k).value)
    return p.amount
  }
}
