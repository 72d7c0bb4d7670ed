// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: from/to are the names of algosdk 2; the parameters are sender/receiver
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function payInvoice(
  algorand: AlgorandClient, payer: string, supplier: string, microAlgos: bigint, invoice: string,
): Promise<string> {
  const sent = await algorand.send.payment({
    from: payer, to: supplier, amount: AlgoAmount.MicroAlgos(microAlgos), note: `invoice:${invoice}`,
  })
  return sent.txIds[0]
}
