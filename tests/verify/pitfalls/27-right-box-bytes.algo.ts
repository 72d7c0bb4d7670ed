// fact 27: passes
import { Box, Bytes, Contract, bytes, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  blob = Box<bytes>({ key: 'b' })
  
  run(): bytes {
    this.blob.create({ size: 32 })
    this.blob.replace(0, Bytes('abc'))
    return this.blob.extract(0, 3)
  }
}
