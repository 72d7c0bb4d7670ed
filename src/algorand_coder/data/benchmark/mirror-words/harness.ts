// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract } from '@algorandfoundation/algorand-typescript'
import type { MirrorWords } from './contract.algo'
import type { Fits } from './expect'

export const isContract: MirrorWords extends Contract ? true : false = true
export const reverseFits: Fits<MirrorWords['reverse'], (text: string) => string> = true
export const isMirrorFits: Fits<MirrorWords['isMirror'], (text: string) => boolean> = true
