// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Fits } from './expect'
import { refusalOf } from './main'

type RefusalOf = (caught: unknown, known: string[]) => string | undefined
export const refusalOfFits: Fits<typeof refusalOf, RefusalOf> = true
