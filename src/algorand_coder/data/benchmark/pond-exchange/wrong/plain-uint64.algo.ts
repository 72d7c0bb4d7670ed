// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the products overflow 64 bits
import {
  assert, biguint, BigUint, Bytes, Contract, op, readonly, uint64,
} from '@algorandfoundation/algorand-typescript'

function toUint64(value: biguint): uint64 {
  return op.btoi(Bytes(value))
}

export class PondExchange extends Contract {
  @readonly
  output(stockIn: uint64, stockOut: uint64, amount: uint64): uint64 {
    assert(stockIn > 0 && stockOut > 0, 'empty pond')
    return (stockOut * amount * 997) / (stockIn * 1000 + amount * 997)
  }

  @readonly
  input(stockIn: uint64, stockOut: uint64, wanted: uint64): uint64 {
    assert(stockIn > 0 && stockOut > 0, 'empty pond')
    assert(wanted < stockOut, 'pond too small')
    const above: biguint = BigUint(stockIn) * BigUint(wanted) * 1000n
    return toUint64(above / (BigUint(stockOut - wanted) * 997n) + 1n)
  }
}
