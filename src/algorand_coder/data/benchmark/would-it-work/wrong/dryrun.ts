// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: dryrun is gone; its successor is simulate
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function wouldPaymentWork(
  algorand: AlgorandClient, customer: string, shop: string, microAlgos: bigint,
): Promise<{ ok: true } | { ok: false; reason: string }> {
  const result = await algorand
    .newGroup()
    .addPayment({ sender: customer, receiver: shop, amount: AlgoAmount.MicroAlgos(microAlgos) })
    .dryrun()
  return result.error ? { ok: false, reason: result.error } : { ok: true }
}
