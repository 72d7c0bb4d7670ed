// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, assert, Box, bytes, Contract, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export class PunchCardArchive extends Contract {
  document = Box<bytes>({ key: 'document' })

  @abimethod()
  open(size: uint64): void {
    assert(!this.document.exists, 'already open')
    this.document.create({ size })
  }

  @abimethod()
  write(offset: uint64, piece: bytes): void {
    assert(offset + piece.length <= this.document.length, 'out of bounds')
    this.document.replace(offset, piece)
  }

  @readonly
  read(offset: uint64, count: uint64): bytes {
    assert(offset + count <= this.document.length, 'out of bounds')
    return this.document.extract(offset, count)
  }
}
