// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Fits } from './expect'
import { record, entryOf, type Entry } from './main'

type Record = (algorand: AlgorandClient, sender: string, entry: Entry) => Promise<string>
export const recordFits: Fits<typeof record, Record> = true
type EntryOf = (note: Uint8Array) => Entry | undefined
export const entryOfFits: Fits<typeof entryOf, EntryOf> = true
