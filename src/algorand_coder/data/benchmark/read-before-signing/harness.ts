// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Fits } from './expect'
import { dangers } from './main'

type Dangers = (encoded: Uint8Array, wallet: string) => string[]
export const dangersFits: Fits<typeof dangers, Dangers> = true
