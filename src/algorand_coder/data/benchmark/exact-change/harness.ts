// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Fits } from './expect'
import { toMicroAlgos, toText } from './main'

type ToMicroAlgos = (text: string) => bigint
export const toMicroAlgosFits: Fits<typeof toMicroAlgos, ToMicroAlgos> = true
type ToText = (microAlgos: bigint) => string
export const toTextFits: Fits<typeof toText, ToText> = true
