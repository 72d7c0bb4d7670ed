// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { assert, Bytes, Contract, GlobalState, op, readonly } from '@algorandfoundation/algorand-typescript'

export class StickyNote extends Contract {
  note = GlobalState<string>()

  stick(text: string): void {
    assert(text !== '', 'say something')
    this.note.value = text
  }

  peel(): string {
    assert(this.note.hasValue, 'no note')
    const text = this.note.value
    this.note.delete()
    return text
  }

  @readonly
  peek(): string {
    const [text, found] = op.AppGlobal.getExBytes(0, Bytes('note'))
    return found ? text.toString() : '(empty)'
  }
}
