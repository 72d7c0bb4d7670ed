// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function acceptBadge(algorand: AlgorandClient, player: string, badge: bigint): Promise<string> {
  const result = await algorand.send.assetOptIn({ sender: player, assetId: badge })
  return result.transaction.txID()
}
