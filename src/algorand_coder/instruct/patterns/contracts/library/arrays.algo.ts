import {
  arc4,
  assert,
  Contract,
  err,
  FixedArray,
  readonly,
  ReferenceArray,
  uint64,
  urange,
} from '@algorandfoundation/algorand-typescript'

/** Methods over arrays, tuples and ARC-4 types. The comments say what a method does, in the words of a request. */
export class Arrays extends Contract {
  /** adds up an array of numbers */
  @readonly
  sum(values: uint64[]): uint64 {
    let total: uint64 = 0
    for (const value of values) {
      total += value
    }
    return total
  }

  /** returns the mean of an array, rounded down, and fails when it is empty */
  @readonly
  average(values: uint64[]): uint64 {
    assert(values.length > 0, 'no values')
    let total: uint64 = 0
    for (const value of values) {
      total += value
    }
    return total / values.length
  }

  /** returns the largest number of an array */
  @readonly
  maximum(values: uint64[]): uint64 {
    assert(values.length > 0, 'no values')
    let best = values[0]
    for (const value of values) {
      if (value > best) {
        best = value
      }
    }
    return best
  }

  /** tells whether an array contains a number */
  @readonly
  contains(values: uint64[], wanted: uint64): boolean {
    for (const value of values) {
      if (value === wanted) {
        return true
      }
    }
    return false
  }

  /** returns the index of a number in an array and fails when it is not there */
  @readonly
  indexOf(values: uint64[], wanted: uint64): uint64 {
    for (const i of urange(values.length)) {
      if (values[i] === wanted) {
        return i
      }
    }
    err('not found')
  }

  /** returns the numbers in reverse order */
  @readonly
  reversed(values: uint64[]): uint64[] {
    let result: uint64[] = []
    for (let i: uint64 = values.length; i > 0; i -= 1) {
      result = [...result, values[i - 1]]
    }
    return result
  }

  /** returns the numbers above a limit */
  @readonly
  above(values: uint64[], limit: uint64): uint64[] {
    const result: uint64[] = []
    for (const value of values) {
      if (value > limit) {
        result.push(value)
      }
    }
    return result
  }

  /** returns the dot product of two arrays of equal length */
  @readonly
  dot(a: uint64[], b: uint64[]): uint64 {
    assert(a.length === b.length, 'lengths differ')
    let total: uint64 = 0
    for (const i of urange(a.length)) {
      total += a[i] * b[i]
    }
    return total
  }

  /** returns the numbers from one to a count */
  @readonly
  firstNumbers(count: uint64): uint64[] {
    const result: uint64[] = []
    for (const i of urange(count)) {
      result.push(i + 1)
    }
    return result
  }

  /** returns smallest and largest number of an array as a tuple */
  @readonly
  range(values: uint64[]): [uint64, uint64] {
    assert(values.length > 0, 'no values')
    let low = values[0]
    let high = values[0]
    for (const value of values) {
      if (value < low) {
        low = value
      }
      if (value > high) {
        high = value
      }
    }
    return [low, high]
  }

  /** tells whether an array is in ascending order */
  @readonly
  isSorted(values: uint64[]): boolean {
    for (const i of urange(1, values.length)) {
      if (values[i - 1] > values[i]) {
        return false
      }
    }
    return true
  }

  /** joins an array of texts */
  @readonly
  concatenated(words: string[]): string {
    let result = ''
    for (const word of words) {
      result = result + word
    }
    return result
  }

  /** counts the flags that are set */
  @readonly
  count(flags: boolean[]): uint64 {
    let total: uint64 = 0
    for (const flag of flags) {
      if (flag) {
        total += 1
      }
    }
    return total
  }

  /** adds up exactly 4 numbers (a fixed-size array) */
  @readonly
  total(values: FixedArray<uint64, 4>): uint64 {
    let sum: uint64 = 0
    for (const value of values) {
      sum += value
    }
    return sum
  }

  /** collects the first n squares in a reference array and returns their sum */
  @readonly
  squares(n: uint64): uint64 {
    const buffer = new ReferenceArray<uint64>()
    for (const i of urange(n)) {
      buffer.push(i * i)
    }
    let total: uint64 = 0
    for (const value of buffer) {
      total += value
    }
    return total
  }

  /** swaps the two parts of a tuple of a number and a text */
  @readonly
  swapPair(pair: [uint64, string]): [string, uint64] {
    return [pair[1], pair[0]]
  }

  /** takes an 8-bit ARC-4 number and returns the next number as uint64 */
  @readonly
  small(value: arc4.Uint8): uint64 {
    return value.asUint64() + 1
  }

  /** converts a number to a 16-bit ARC-4 number and fails when it does not fit */
  @readonly
  toUint16(value: uint64): arc4.Uint16 {
    assert(value < 65_536, 'too large')
    return new arc4.Uint16(value)
  }

  /** adds up a dynamic ARC-4 array of 8-bit numbers */
  @readonly
  addBytes(values: arc4.DynamicArray<arc4.Uint8>): uint64 {
    let total: uint64 = 0
    for (const value of values) {
      total += value.asUint64()
    }
    return total
  }
}
