// fact 34: fails at types
import { Contract, gtxn, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): uint64 {
    return gtxn[0].amount
  }
}
