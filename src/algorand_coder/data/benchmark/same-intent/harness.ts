// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Fits } from './expect'
import { sameIntent } from './main'

type SameIntent = (one: Uint8Array, other: Uint8Array) => boolean
export const sameIntentFits: Fits<typeof sameIntent, SameIntent> = true
