// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: 64-bit numbers instead of 256 bits
import { assert, biguint, Contract, ensureBudget, readonly, uint64 } from '@algorandfoundation/algorand-typescript'
import { Uint256 } from '@algorandfoundation/algorand-typescript/arc4'

export class CipherClub extends Contract {
  @readonly
  power(base: uint64, exponent: uint64, modulus: uint64): uint64 {
    if (modulus > 0) return base ** exponent % modulus
    const ring: biguint = modulus.asBigUint()
    assert(ring > 0n, 'no modulus')
    ensureBudget(10_000)
    let result: biguint = 1n % ring
    let square: biguint = base.asBigUint() % ring
    let rest: biguint = exponent.asBigUint()
    while (rest > 0n) {
      if (rest % 2n === 1n) {
        result = (result * square) % ring
      }
      square = (square * square) % ring
      rest = rest / 2n
    }
    return new Uint256(result)
  }
}
