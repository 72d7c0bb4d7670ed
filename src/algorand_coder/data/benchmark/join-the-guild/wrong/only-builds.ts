// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: builds the transaction and never sends it
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function acceptBadge(algorand: AlgorandClient, player: string, badge: bigint): Promise<string> {
  const transaction = await algorand.createTransaction.assetOptIn({ sender: player, assetId: badge })
  return transaction.txID()
}
