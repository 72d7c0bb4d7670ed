// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Fits } from './expect'
import { divide, distribute } from './main'

type Divide = (total: bigint, weights: bigint[]) => bigint[]
export const divideFits: Fits<typeof divide, Divide> = true
type Distribute = (
  algorand: AlgorandClient, estate: string, heirs: { address: string; weight: bigint }[], total: bigint,
) => Promise<bigint[]>
export const distributeFits: Fits<typeof distribute, Distribute> = true
