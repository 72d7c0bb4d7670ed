// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Fits } from './expect'
import { withdraw, type Withdrawal } from './main'

type Withdraw = (
  algorand: AlgorandClient, account: string, machine: string, microAlgos: bigint,
) => Promise<{ status: 'paid'; txId: string } | { status: 'short'; available: bigint }>
export const withdrawFits: Fits<typeof withdraw, Withdraw> = true
export const outcomes: Withdrawal[] = [{ status: 'paid', txId: '' }, { status: 'short', available: 0n }]
