// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, bytes, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { SealedTender } from './contract.algo'
import type { Fits } from './expect'

export const isContract: SealedTender extends Contract ? true : false = true
export const sealFits: Fits<SealedTender['seal'], (hash: bytes) => void> = true
export const openEnvelopesFits: Fits<SealedTender['openEnvelopes'], () => void> = true
export const revealFits: Fits<SealedTender['reveal'], (price: uint64, salt: bytes) => void> = true
export const bestFits: Fits<SealedTender['best'], () => [Account, uint64]> = true
