// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

const MAX_NOTE_BYTES = 1000

export async function payInvoice(
  algorand: AlgorandClient,
  payer: string,
  supplier: string,
  microAlgos: bigint,
  invoice: string,
): Promise<string> {
  const note = new TextEncoder().encode(`invoice:${invoice}`)
  if (note.length > MAX_NOTE_BYTES) {
    throw new RangeError(`the note of invoice ${invoice.slice(0, 20)}… has ${note.length} bytes`)
  }
  const sent = await algorand.send.payment({
    sender: payer,
    receiver: supplier,
    amount: AlgoAmount.MicroAlgos(microAlgos),
    note,
  })
  return sent.transaction.txID()
}
