// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: separate transactions: the first guests keep their share when a later payment fails
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function splitBill(
  algorand: AlgorandClient, guest: string, shares: { receiver: string; microAlgos: bigint }[],
): Promise<string[]> {
  if (shares.length < 1 || shares.length > 16) throw new RangeError('1 to 16 shares')
  const ids: string[] = []
  for (const s of shares) {
    const sent = await algorand.send.payment({
      sender: guest, receiver: s.receiver, amount: AlgoAmount.MicroAlgos(s.microAlgos),
    })
    ids.push(sent.txIds[0])
  }
  return ids
}
