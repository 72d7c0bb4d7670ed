// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export async function trade(
  algorand: AlgorandClient, buyer: string, seller: string, assetId: bigint, microAlgos: bigint,
): Promise<bigint> {
  const holds = await algorand.asset.getAccountInformation(buyer, assetId).then(
    () => true,
    () => false,
  )
  const payment = { sender: buyer, receiver: seller, amount: microAlgo(microAlgos) }
  const composer = algorand.newGroup().addPayment(payment)
  if (!holds) composer.addAssetTransfer({ sender: buyer, receiver: buyer, assetId, amount: 0n })
  composer.addAssetTransfer({ sender: seller, receiver: buyer, assetId, amount: 1n })
  const { txIds } = await composer.send()
  const info = await algorand.client.algod.pendingTransactionInformation(txIds[0]).do()
  return info.confirmedRound ?? 0n
}
