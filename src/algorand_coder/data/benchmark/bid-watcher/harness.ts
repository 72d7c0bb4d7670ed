// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { modelsv2 } from 'algosdk'
import type { Fits } from './expect'
import { bidsIn } from './main'

type BidsIn = (
  confirmation: modelsv2.PendingTransactionResponse, selector: Uint8Array,
) => { bidder: string; amount: bigint }[]
export const bidsInFits: Fits<typeof bidsIn, BidsIn> = true
