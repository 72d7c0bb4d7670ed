// fact 37: fails at types
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): uint64 {
    return this.app.id
  }
}
