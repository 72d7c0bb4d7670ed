// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { GameSettings } from './contract.algo'
import type { Fits } from './expect'

export const isContract: GameSettings extends Contract ? true : false = true
export const setFits: Fits<GameSettings['set'], (name: string, value: uint64) => void> = true
export const getFits: Fits<GameSettings['get'], (name: string, fallback: uint64) => uint64> = true
export const dropFits: Fits<GameSettings['drop'], (name: string) => void> = true
