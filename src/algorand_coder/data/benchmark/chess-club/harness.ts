// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { ChessClub } from './contract.algo'
import type { Fits } from './expect'

export const isContract: ChessClub extends Contract ? true : false = true
export const createFits: Fits<ChessClub['createApplication'], (name: string, seats: uint64) => void> = true
export const joinFits: Fits<ChessClub['join'], () => uint64> = true
export const clubNameFits: Fits<ChessClub['clubName'], () => string> = true
