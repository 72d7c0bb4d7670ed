// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function splitBill(
  algorand: AlgorandClient,
  guest: string,
  shares: { receiver: string; microAlgos: bigint }[],
): Promise<string[]> {
  if (shares.length < 1 || shares.length > 16) {
    throw new RangeError(`a group holds 1 to 16 payments, got ${shares.length}`)
  }
  const group = algorand.newGroup()
  for (const { receiver, microAlgos } of shares) {
    group.addPayment({ sender: guest, receiver, amount: AlgoAmount.MicroAlgos(microAlgos) })
  }
  const { txIds } = await group.send()
  return txIds
}
