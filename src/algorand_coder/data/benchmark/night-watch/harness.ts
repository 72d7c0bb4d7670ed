// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { NightWatch } from './contract.algo'
import type { Fits } from './expect'

export const isContract: NightWatch extends Contract ? true : false = true
export const createApplicationFits: Fits<NightWatch['createApplication'], (heir: Account, patience: uint64) => void> = true
export const aliveFits: Fits<NightWatch['alive'], () => void> = true
export const withdrawFits: Fits<NightWatch['withdraw'], (microAlgos: uint64) => void> = true
export const inheritFits: Fits<NightWatch['inherit'], () => void> = true
export const silentForFits: Fits<NightWatch['silentFor'], () => uint64> = true
