// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Fits } from './expect'
import { issueRestricted, approve } from './main'

type IssueRestricted = (algorand: AlgorandClient, issuer: string, total: bigint) => Promise<bigint>
export const issueRestrictedFits: Fits<typeof issueRestricted, IssueRestricted> = true
type Approve = (
  algorand: AlgorandClient, issuer: string, investor: string, assetId: bigint, units: bigint,
) => Promise<number>
export const approveFits: Fits<typeof approve, Approve> = true
