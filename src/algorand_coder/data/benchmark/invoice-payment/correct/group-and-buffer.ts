// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export async function payInvoice(
  algorand: AlgorandClient, payer: string, supplier: string, microAlgos: bigint, invoice: string,
): Promise<string> {
  const text = 'invoice:' + invoice
  if (Buffer.byteLength(text) > 1000) throw new RangeError('too long')
  const group = algorand.newGroup().addPayment({ sender: payer, receiver: supplier, amount: microAlgo(microAlgos), note: text })
  const [id] = (await group.send()).txIds
  return id
}
