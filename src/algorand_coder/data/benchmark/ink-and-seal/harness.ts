// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, bytes, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { InkAndSeal } from './contract.algo'
import type { Fits } from './expect'

export const isContract: InkAndSeal extends Contract ? true : false = true
export const notariseFits: Fits<InkAndSeal['notarise'], (hash: bytes<32>) => uint64> = true
export const handOverFits: Fits<InkAndSeal['handOver'], (hash: bytes<32>, to: Account) => void> = true
export const proofFits: Fits<InkAndSeal['proof'], (hash: bytes<32>) => [Account, uint64, uint64]> = true
