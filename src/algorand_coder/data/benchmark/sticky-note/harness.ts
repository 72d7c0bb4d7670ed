// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract } from '@algorandfoundation/algorand-typescript'
import type { StickyNote } from './contract.algo'
import type { Fits } from './expect'

export const isContract: StickyNote extends Contract ? true : false = true
export const stickFits: Fits<StickyNote['stick'], (text: string) => void> = true
export const peelFits: Fits<StickyNote['peel'], () => string> = true
export const peekFits: Fits<StickyNote['peek'], () => string> = true
