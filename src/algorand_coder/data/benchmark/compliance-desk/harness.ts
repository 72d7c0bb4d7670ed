// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Account, Asset, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { ComplianceDesk } from './contract.algo'
import type { Fits } from './expect'

export const isContract: ComplianceDesk extends Contract ? true : false = true
export const appointFits: Fits<ComplianceDesk['appoint'], (officer: Account) => void> = true
export const setHoldFits: Fits<ComplianceDesk['setHold'], (coin: Asset, holder: Account, hold: boolean) => uint64> = true
