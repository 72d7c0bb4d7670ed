// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'
import type { Fits } from './expect'
import { placeOrder } from './main'

type PlaceOrder = (
  algorand: AlgorandClient, client: AppClient, customer: string, article: string, microAlgos: bigint,
) => Promise<{ order: bigint; paymentId: string }>
export const placeOrderFits: Fits<typeof placeOrder, PlaceOrder> = true
