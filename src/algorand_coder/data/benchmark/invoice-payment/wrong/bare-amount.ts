// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: an amount is an AlgoAmount, not a bigint
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function payInvoice(
  algorand: AlgorandClient, payer: string, supplier: string, microAlgos: bigint, invoice: string,
): Promise<string> {
  const note = `invoice:${invoice}`
  if (new TextEncoder().encode(note).length > 1000) throw new RangeError('note too long')
  const sent = await algorand.send.payment({ sender: payer, receiver: supplier, amount: microAlgos, note })
  return sent.txIds[0]
}
