// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Application, Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { CurrencyDesk } from './contract.algo'
import type { Fits } from './expect'

export const isContract: CurrencyDesk extends Contract ? true : false = true
type Convert = (oracle: Application, currency: string, amount: uint64) => uint64
export const convertFits: Fits<CurrencyDesk['convert'], Convert> = true
export const lastRateFits: Fits<CurrencyDesk['lastRate'], () => uint64> = true
