// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { SpeakingTube } from './contract.algo'
import type { Fits } from './expect'

export const isContract: SpeakingTube extends Contract ? true : false = true
export const createApplicationFits: Fits<SpeakingTube['createApplication'], (speaker: uint64) => void> = true
export const orderFits: Fits<SpeakingTube['order'], (text: string) => uint64> = true
export const lastFits: Fits<SpeakingTube['last'], () => string> = true
