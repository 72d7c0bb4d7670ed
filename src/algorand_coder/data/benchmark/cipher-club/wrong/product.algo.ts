// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: multiplies instead of raising to a power
import { assert, biguint, Contract, ensureBudget, readonly } from '@algorandfoundation/algorand-typescript'
import { Uint256 } from '@algorandfoundation/algorand-typescript/arc4'

export class CipherClub extends Contract {
  @readonly
  power(base: Uint256, exponent: Uint256, modulus: Uint256): Uint256 {
    const ring: biguint = modulus.asBigUint()
    assert(ring > 0n, 'no modulus')
    ensureBudget(10_000)
    let result: biguint = 1n % ring
    let square: biguint = base.asBigUint() % ring
    let rest: biguint = exponent.asBigUint()
    if (rest > 0n) {
      result = (square * rest) % ring
      rest = 0n
    }
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
