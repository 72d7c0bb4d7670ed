// fact 48: fails at types
import { Contract, emit, uint64 } from '@algorandfoundation/algorand-typescript'

type Moved = { a: uint64 }

export class Demo extends Contract {
  run(a: uint64): void {
    emit<Moved>('Moved', { a })
  }
}
