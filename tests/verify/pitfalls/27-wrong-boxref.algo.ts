// fact 27: fails at types
import { BoxRef, Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  blob = BoxRef({ key: 'b' })
  
  run(): void {
    this.blob.create({ size: 32 })
  }
}
