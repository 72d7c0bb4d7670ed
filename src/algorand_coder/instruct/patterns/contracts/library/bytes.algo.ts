import { Account, assert, Bytes, bytes, Contract, op, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

/** Methods over texts and bytes. The comments say what a method does, in the words of a request. */
export class BytesAndTexts extends Contract {
  /** returns the SHA-256 hash of some bytes */
  @readonly
  fingerprint(data: bytes): bytes<32> {
    return op.sha256(data)
  }

  /** returns the Keccak-256 hash of some bytes */
  @readonly
  keccak(data: bytes): bytes<32> {
    return op.keccak256(data)
  }

  /** tells whether some bytes hash to a given SHA-256 value */
  @readonly
  matches(data: bytes, hash: bytes): boolean {
    return op.sha256(data) === hash
  }

  /** returns a greeting of the form 'Welcome, name!' */
  @readonly
  greet(name: string): string {
    return `Welcome, ${name}!`
  }

  /** joins two texts with a separator */
  @readonly
  joinWith(first: string, second: string, separator: string): string {
    return first + separator + second
  }

  /** returns the length of a text in bytes */
  @readonly
  byteLength(text: string): uint64 {
    return Bytes(text).length
  }

  /** tells whether a text starts with a prefix */
  @readonly
  startsWith(text: string, prefix: string): boolean {
    const head = Bytes(prefix)
    const all = Bytes(text)
    if (head.length > all.length) {
      return false
    }
    return all.slice(0, head.length).equals(head)
  }

  /** returns part of some bytes and fails out of range */
  @readonly
  slice(data: bytes, start: uint64, end: uint64): bytes {
    assert(start <= end && end <= data.length, 'out of range')
    return data.slice(start, end)
  }

  /** encodes a number as eight bytes */
  @readonly
  encodeNumber(value: uint64): bytes {
    return op.itob(value)
  }

  /** decodes up to eight bytes as a number */
  @readonly
  decodeNumber(data: bytes): uint64 {
    assert(data.length <= 8, 'too long')
    return op.btoi(data)
  }

  /** joins two byte strings */
  @readonly
  concatenate(a: bytes, b: bytes): bytes {
    return a.concat(b)
  }

  /** combines two byte strings of equal length with exclusive or */
  @readonly
  mask(data: bytes, key: bytes): bytes {
    assert(data.length === key.length, 'lengths differ')
    return data.bitwiseXor(key)
  }

  /** tells whether a bit of a number is set */
  @readonly
  isSet(flags: uint64, index: uint64): boolean {
    assert(index < 64, 'out of range')
    return op.getBit(flags, index)
  }

  /** applies SHA-256 a number of times in a row */
  @readonly
  hashChain(seed: bytes, rounds: uint64): bytes {
    let value: bytes = seed
    for (let i: uint64 = 0; i < rounds; i += 1) {
      value = op.sha256(value)
    }
    return value
  }

  /** tells whether a text is empty */
  @readonly
  isEmpty(text: string): boolean {
    return Bytes(text).length === 0
  }

  /** returns the public key of an account */
  @readonly
  addressBytes(account: Account): bytes<32> {
    return account.bytes
  }

  /** hashes two byte strings joined together */
  @readonly
  pairHash(left: bytes, right: bytes): bytes<32> {
    return op.sha256(left.concat(right))
  }

  /** repeats some bytes a number of times */
  @readonly
  repeat(data: bytes, times: uint64): bytes {
    let result = Bytes()
    for (let i: uint64 = 0; i < times; i += 1) {
      result = result.concat(data)
    }
    return result
  }

  /** tells whether a leaf and its sibling hash to a root, in either order */
  @readonly
  verifyPath(leaf: bytes, sibling: bytes, root: bytes): boolean {
    const onLeft = op.sha256(leaf.concat(sibling))
    const onRight = op.sha256(sibling.concat(leaf))
    return onLeft === root || onRight === root
  }
}
