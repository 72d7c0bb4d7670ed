import { assert, biguint, Contract, op, readonly, uint64, urange } from '@algorandfoundation/algorand-typescript'

/** Methods over numbers. The comments say what a method does, in the words of a request. */
export class Arithmetic extends Contract {
  /** returns the absolute difference of two numbers */
  @readonly
  difference(a: uint64, b: uint64): uint64 {
    return a > b ? a - b : b - a
  }

  /** subtracts a second number from a first and fails when the result would be negative */
  @readonly
  subtract(a: uint64, b: uint64): uint64 {
    assert(a >= b, 'the result would be negative')
    return a - b
  }

  /** returns the mean of two numbers, rounded down, without overflow */
  @readonly
  mean(a: uint64, b: uint64): uint64 {
    return a / 2 + b / 2 + (a % 2 + b % 2) / 2
  }

  /** limits a number to the range between two bounds and fails when the bounds are crossed */
  @readonly
  clamp(value: uint64, low: uint64, high: uint64): uint64 {
    assert(low <= high, 'the bounds are crossed')
    if (value < low) {
      return low
    }
    return value > high ? high : value
  }

  /** returns the largest of three numbers */
  @readonly
  largest(a: uint64, b: uint64, c: uint64): uint64 {
    let best: uint64 = a
    if (b > best) {
      best = b
    }
    if (c > best) {
      best = c
    }
    return best
  }

  /** returns a fee of 300 basis points of an amount, rounded down */
  @readonly
  feeFor(amount: uint64): uint64 {
    return (amount * 300) / 10_000
  }

  /** returns a fee in basis points of an amount, rounded up */
  @readonly
  feeRoundedUp(amount: uint64, basisPoints: uint64): uint64 {
    assert(basisPoints <= 10_000, 'more than 100 percent')
    return (amount * basisPoints + 9_999) / 10_000
  }

  /** divides two numbers and returns quotient and remainder as a tuple; dividing by zero fails with a message */
  @readonly
  divide(a: uint64, b: uint64): [uint64, uint64] {
    assert(b !== 0, 'division by zero')
    return [a / b, a % b]
  }

  /** raises a base to an exponent in a loop */
  @readonly
  power(base: uint64, exponent: uint64): uint64 {
    let result: uint64 = 1
    for (let i: uint64 = 0; i < exponent; i += 1) {
      result *= base
    }
    return result
  }

  /** returns the factorial of a number up to 20 */
  @readonly
  factorial(n: uint64): uint64 {
    assert(n <= 20, 'too large for 64 bits')
    let result: uint64 = 1
    for (const factor of urange(2, n + 1)) {
      result *= factor
    }
    return result
  }

  /** returns the n-th Fibonacci number and refuses n above 93 */
  @readonly
  fibonacci(n: uint64): uint64 {
    assert(n <= 93, 'too large for 64 bits')
    if (n === 0) {
      return 0
    }
    let before: uint64 = 0
    let last: uint64 = 1
    for (let i: uint64 = 1; i < n; i += 1) {
      const next: uint64 = before + last
      before = last
      last = next
    }
    return last
  }

  /** returns the greatest common divisor of two numbers by Euclid's algorithm */
  @readonly
  greatestDivisor(a: uint64, b: uint64): uint64 {
    let x: uint64 = a
    let y: uint64 = b
    while (y !== 0) {
      const rest: uint64 = x % y
      x = y
      y = rest
    }
    return x
  }

  /** returns the integer square root of a number */
  @readonly
  root(value: uint64): uint64 {
    return op.sqrt(value)
  }

  /** multiplies an amount by a fraction with a 128-bit intermediate product */
  @readonly
  scaled(amount: uint64, numerator: uint64, denominator: uint64): uint64 {
    const [high, low] = op.mulw(amount, numerator)
    return op.divw(high, low, denominator)
  }

  /** tells whether a number is even */
  @readonly
  isEven(value: uint64): boolean {
    return value % 2 === 0
  }

  /** counts the ones in the binary form of a number */
  @readonly
  bitsSet(value: uint64): uint64 {
    let rest: uint64 = value
    let count: uint64 = 0
    while (rest > 0) {
      count += rest % 2
      rest /= 2
    }
    return count
  }

  /** lets an amount grow by 3 percent a year, rounded down each year */
  @readonly
  compound(principal: uint64, years: uint64): uint64 {
    let total: uint64 = principal
    for (let year: uint64 = 0; year < years; year += 1) {
      total += (total * 3) / 100
    }
    return total
  }

  /** returns the sum of the numbers from one to n */
  @readonly
  triangle(n: uint64): uint64 {
    return (n * (n + 1)) / 2
  }

  /** converts degrees Fahrenheit to Celsius, rounded down, and refuses results below zero */
  @readonly
  celsius(fahrenheit: uint64): uint64 {
    assert(fahrenheit >= 32, 'below zero')
    return ((fahrenheit - 32) * 5) / 9
  }

  /** multiplies two big numbers of up to 512 bits */
  @readonly
  bigProduct(a: biguint, b: biguint): biguint {
    return a * b
  }

  /** adds two big numbers */
  @readonly
  bigSum(a: biguint, b: biguint): biguint {
    return a + b
  }

  /** returns how many decimal digits a number has */
  @readonly
  digits(value: uint64): uint64 {
    let rest: uint64 = value
    let count: uint64 = 1
    while (rest >= 10) {
      rest /= 10
      count += 1
    }
    return count
  }

  /** prices an exchange against a constant-product pool with a fee of 0.3 percent */
  @readonly
  poolOut(reserveIn: uint64, reserveOut: uint64, amountIn: uint64): uint64 {
    const fee: uint64 = (amountIn * 3) / 1_000
    const net: uint64 = amountIn - fee
    const [high, low] = op.mulw(reserveOut, net)
    return op.divw(high, low, reserveIn + net)
  }

  /** tells whether a number is a power of two */
  @readonly
  isPowerOfTwo(value: uint64): boolean {
    return value !== 0 && (value & (value - 1)) === 0
  }

  /** returns the weighted mean of two numbers and fails without weight */
  @readonly
  weighted(a: uint64, weightA: uint64, b: uint64, weightB: uint64): uint64 {
    assert(weightA + weightB > 0, 'no weight')
    return (a * weightA + b * weightB) / (weightA + weightB)
  }

  /** counts the steps of the Collatz sequence from n down to one */
  @readonly
  steps(n: uint64): uint64 {
    let value: uint64 = n
    let count: uint64 = 0
    while (value > 1) {
      value = value % 2 === 0 ? value / 2 : value * 3 + 1
      count += 1
    }
    return count
  }

  /** converts seconds into whole days */
  @readonly
  daysIn(seconds: uint64): uint64 {
    return seconds / 86_400
  }

  /** turns a score of at most 100 into 'excellent' (from 90), 'passed' (from 60) or 'failed' */
  @readonly
  grade(score: uint64): string {
    assert(score <= 100, 'scores go up to 100')
    if (score >= 90) {
      return 'excellent'
    }
    if (score >= 60) {
      return 'passed'
    }
    return 'failed'
  }
}
