// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { Contract, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export class NameBadges extends Contract {
  @readonly
  line(names: string[]): string {
    const count: uint64 = names.length
    if (count === 0) return ''
    let text = names[0]
    let i: uint64 = 1
    while (i + 1 < count) {
      text = `${text}, ${names[i]}`
      i += 1
    }
    return count === 1 ? text : `${text} and ${names[count - 1]}`
  }
}
