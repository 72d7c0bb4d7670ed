// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Fits } from './expect'
import { rehearse, type Payee, type Rehearsal } from './main'

type Rehearse = (algorand: AlgorandClient, treasury: string, payees: Payee[]) => Promise<Rehearsal>
export const rehearseFits: Fits<typeof rehearse, Rehearse> = true
