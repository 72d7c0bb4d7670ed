// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: maps to promises and never awaits them
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function splitBill(
  algorand: AlgorandClient, guest: string, shares: { receiver: string; microAlgos: bigint }[],
): Promise<string[]> {
  return shares.map(async (s) => {
    const sent = await algorand.send.payment({
      sender: guest, receiver: s.receiver, amount: AlgoAmount.MicroAlgos(s.microAlgos),
    })
    return sent.txIds[0]
  })
}
