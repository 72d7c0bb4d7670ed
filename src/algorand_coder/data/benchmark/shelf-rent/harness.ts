// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'
import type { Fits } from './expect'
import { boxDeposit } from './main'

type BoxDeposit = (nameBytes: number, contentBytes: number) => AlgoAmount
export const boxDepositFits: Fits<typeof boxDeposit, BoxDeposit> = true
