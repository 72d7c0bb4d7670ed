// fact 16: passes
import { BoxMap, Contract, uint64 } from '@algorandfoundation/algorand-typescript'

type Rec = { amount: uint64; note: string }

export class Demo extends Contract {
  recs = BoxMap<uint64, Rec>({ keyPrefix: 'r' })
  fixed = BoxMap<uint64, Readonly<Rec>>({ keyPrefix: 'f' })
  
  run(k: uint64): void {
    this.recs(k).value.amount = 5
    const old = this.fixed(k).value
    this.fixed(k).value = { ...old, amount: 6 }
  }
}
