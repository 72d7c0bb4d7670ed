// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Account } from 'algosdk'
import type { Fits } from './expect'
import { spendFromTreasury } from './main'

type SpendFromTreasury = (
  algorand: AlgorandClient, board: [Account, Account, Account], payee: string, microAlgos: bigint,
) => Promise<{ treasury: string; txId: string }>
export const spendFromTreasuryFits: Fits<typeof spendFromTreasury, SpendFromTreasury> = true
