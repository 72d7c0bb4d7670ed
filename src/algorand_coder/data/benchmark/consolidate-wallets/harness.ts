// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Fits } from './expect'
import { sweep } from './main'

type Sweep = (algorand: AlgorandClient, wallets: string[], target: string) => Promise<bigint>
export const sweepFits: Fits<typeof sweep, Sweep> = true
