// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Fits } from './expect'
import { fundDeposit, releaseDeposit } from './main'

type FundDeposit = (algorand: AlgorandClient, teal: string, tenant: string, microAlgos: bigint) => Promise<string>
export const fundDepositFits: Fits<typeof fundDeposit, FundDeposit> = true
type ReleaseDeposit = (
  algorand: AlgorandClient, teal: string, receiver: string, microAlgos: bigint,
) => Promise<string>
export const releaseDepositFits: Fits<typeof releaseDeposit, ReleaseDeposit> = true
