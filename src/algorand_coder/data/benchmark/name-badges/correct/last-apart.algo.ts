// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { Contract, readonly, uint64 } from '@algorandfoundation/algorand-typescript'

export class NameBadges extends Contract {
  @readonly
  line(names: string[]): string {
    let text = ''
    let left: uint64 = names.length
    for (const name of names) {
      left -= 1
      text += name
      if (left > 1) {
        text += ', '
      } else if (left === 1) {
        text += ' and '
      }
    }
    return text
  }
}
