// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: one name instead of an array
import { Contract, readonly, urange } from '@algorandfoundation/algorand-typescript'

export class NameBadges extends Contract {
  @readonly
  line(name: string): string {
    const names = [name]
    let text = ''
    for (const i of urange(names.length)) {
      if (i > 0) {
        text += i + 1 === names.length ? ' and ' : ', '
      }
      text += names[i]
    }
    return text
  }
}
