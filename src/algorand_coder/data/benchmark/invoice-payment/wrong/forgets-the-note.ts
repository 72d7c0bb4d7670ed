// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the payment carries no note
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function payInvoice(
  algorand: AlgorandClient, payer: string, supplier: string, microAlgos: bigint, _invoice: string,
): Promise<string> {
  const sent = await algorand.send.payment({
    sender: payer, receiver: supplier, amount: AlgoAmount.MicroAlgos(microAlgos),
  })
  return sent.txIds[0]
}
