// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

async function isOptedIn(algorand: AlgorandClient, account: string, assetId: bigint): Promise<boolean> {
  const { assets } = await algorand.account.getInformation(account)
  return (assets ?? []).some((holding) => holding.assetId === assetId)
}

export async function trade(
  algorand: AlgorandClient,
  buyer: string,
  seller: string,
  assetId: bigint,
  microAlgos: bigint,
): Promise<bigint> {
  const group = algorand.newGroup()
  if (!(await isOptedIn(algorand, buyer, assetId))) group.addAssetOptIn({ sender: buyer, assetId })
  const { confirmations } = await group
    .addPayment({ sender: buyer, receiver: seller, amount: AlgoAmount.MicroAlgos(microAlgos) })
    .addAssetTransfer({ sender: seller, receiver: buyer, assetId, amount: 1n })
    .send()
  return confirmations[0].confirmedRound ?? 0n
}
