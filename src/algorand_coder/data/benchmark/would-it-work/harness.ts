// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Fits } from './expect'
import { wouldPaymentWork } from './main'

type WouldPaymentWork = (
  algorand: AlgorandClient, customer: string, shop: string, microAlgos: bigint,
) => Promise<{ ok: true } | { ok: false; reason: string }>
export const wouldPaymentWorkFits: Fits<typeof wouldPaymentWork, WouldPaymentWork> = true
