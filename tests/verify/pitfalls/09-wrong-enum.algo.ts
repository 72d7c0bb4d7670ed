// fact 9: fails at compile
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

enum State {
  Open = 1,
}

export class Demo extends Contract {
  run(): uint64 {
    return State.Open
  }
}
