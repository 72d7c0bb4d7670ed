// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: units of an asset are a bigint
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function trade(
  algorand: AlgorandClient, buyer: string, seller: string, assetId: bigint, microAlgos: bigint,
): Promise<bigint> {
  const { confirmations } = await algorand
    .newGroup()
    .addAssetOptIn({ sender: buyer, assetId })
    .addPayment({ sender: buyer, receiver: seller, amount: AlgoAmount.MicroAlgos(microAlgos) })
    .addAssetTransfer({ sender: seller, receiver: buyer, assetId, amount: 1 })
    .send()
  return confirmations[0].confirmedRound ?? 0n
}
