// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Transaction } from 'algosdk'
import type { Fits } from './expect'
import { open, sign, missing } from './main'

type Open = (transaction: Transaction, members: string[], threshold: number) => Uint8Array
export const openFits: Fits<typeof open, Open> = true
type Sign = (document: Uint8Array, members: string[], threshold: number, mnemonic: string) => Uint8Array
export const signFits: Fits<typeof sign, Sign> = true
type Missing = (document: Uint8Array) => number
export const missingFits: Fits<typeof missing, Missing> = true
