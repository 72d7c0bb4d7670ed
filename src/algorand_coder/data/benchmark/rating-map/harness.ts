// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Fits } from './expect'
import { ratings, type Rating } from './main'

type Ratings = (algorand: AlgorandClient, specification: string, appId: bigint) => Promise<Rating[]>
export const ratingsFits: Fits<typeof ratings, Ratings> = true
