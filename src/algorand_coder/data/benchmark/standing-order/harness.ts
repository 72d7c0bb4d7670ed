// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Fits } from './expect'
import { authorise, collect } from './main'

type Authorise = (algorand: AlgorandClient, teal: string, customerKey: Uint8Array) => Promise<Uint8Array>
export const authoriseFits: Fits<typeof authorise, Authorise> = true
type Collect = (
  algorand: AlgorandClient, authority: Uint8Array, customer: string, shop: string, microAlgos: bigint,
) => Promise<string>
export const collectFits: Fits<typeof collect, Collect> = true
