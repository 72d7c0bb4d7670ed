// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { bytes, Contract } from '@algorandfoundation/algorand-typescript'
import type { EtherStamp } from './contract.algo'
import type { Fits } from './expect'

export const isContract: EtherStamp extends Contract ? true : false = true
export const signerFits: Fits<EtherStamp['signer'], (digest: bytes<32>, signature: bytes<65>) => bytes<20>> = true
export const bindFits: Fits<EtherStamp['bind'], (digest: bytes<32>, signature: bytes<65>) => void> = true
