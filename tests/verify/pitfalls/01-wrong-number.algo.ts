// fact 1: fails at compile
import { Contract } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  add(a: number): number {
    return a
  }
}
