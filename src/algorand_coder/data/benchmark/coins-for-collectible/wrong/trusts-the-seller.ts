// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the payment is final before the transfer is even tried
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function trade(
  algorand: AlgorandClient, buyer: string, seller: string, assetId: bigint, microAlgos: bigint,
): Promise<bigint> {
  await algorand.send.payment({ sender: buyer, receiver: seller, amount: AlgoAmount.MicroAlgos(microAlgos) })
  const sent = await algorand.send.assetTransfer({ sender: seller, receiver: buyer, assetId, amount: 1n })
  return sent.confirmation.confirmedRound ?? 0n
}
