// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: sends the payment to find out
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function wouldPaymentWork(
  algorand: AlgorandClient, customer: string, shop: string, microAlgos: bigint,
): Promise<{ ok: true } | { ok: false; reason: string }> {
  try {
    await algorand.send.payment({ sender: customer, receiver: shop, amount: AlgoAmount.MicroAlgos(microAlgos) })
    return { ok: true }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}
