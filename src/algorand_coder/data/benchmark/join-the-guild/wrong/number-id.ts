// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the id of an asset is a bigint
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function acceptBadge(algorand: AlgorandClient, player: string, badge: bigint): Promise<string> {
  const result = await algorand.send.assetOptIn({ sender: player, assetId: Number(badge) })
  return result.transaction.txID()
}
