// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function wouldPaymentWork(
  algorand: AlgorandClient,
  customer: string,
  shop: string,
  microAlgos: bigint,
): Promise<{ ok: true } | { ok: false; reason: string }> {
  const group = algorand
    .newGroup()
    .addPayment({ sender: customer, receiver: shop, amount: AlgoAmount.MicroAlgos(microAlgos) })
  try {
    await group.simulate({ skipSignatures: true })
    return { ok: true }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}
