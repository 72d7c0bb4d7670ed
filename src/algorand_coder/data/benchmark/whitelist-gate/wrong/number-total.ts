// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: units are bigint
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function issueRestricted(algorand: AlgorandClient, issuer: string, total: number): Promise<bigint> {
  const creation = await algorand.send.assetCreate({
    sender: issuer,
    assetName: 'Restricted Share',
    unitName: 'RSH',
    total,
    defaultFrozen: true,
    manager: issuer,
    freeze: issuer,
  })
  return creation.assetId
}

export async function approve(
  algorand: AlgorandClient,
  issuer: string,
  investor: string,
  assetId: bigint,
  units: bigint,
): Promise<number> {
  const group = algorand.newGroup()
  const holding = await algorand.asset.getAccountInformation(investor, assetId)
  if (holding.frozen) group.addAssetFreeze({ sender: issuer, assetId, account: investor, frozen: false })
  group.addAssetTransfer({ sender: issuer, receiver: investor, assetId, amount: units })
  return (await group.send()).txIds.length
}
