// fact 48: passes
import { Contract, emit, uint64 } from '@algorandfoundation/algorand-typescript'

type Moved = { a: uint64 }

export class Demo extends Contract {
  run(a: uint64): void {
    emit<Moved>({ a })
    emit('Moved', a)
  }
}
