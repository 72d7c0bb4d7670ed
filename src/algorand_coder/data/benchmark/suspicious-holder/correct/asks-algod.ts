// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function setHold(
  algorand: AlgorandClient, officer: string, holder: string, assetId: bigint, hold: boolean,
): Promise<boolean> {
  const answer = await algorand.client.algod.accountAssetInformation(holder, assetId).do()
  const already = answer.assetHolding?.isFrozen ?? false
  if (already !== hold) {
    const group = algorand.newGroup()
    group.addAssetFreeze({ sender: officer, assetId, account: holder, frozen: hold })
    await group.send()
  }
  return already !== hold
}
