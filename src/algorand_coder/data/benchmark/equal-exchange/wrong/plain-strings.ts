// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the kinds widen to string
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export type Lot = { assetId: bigint; units: bigint }

const lacks = async (algorand: AlgorandClient, account: string, assetId: bigint): Promise<boolean> => {
  const info = await algorand.account.getInformation(account)
  return info.assets?.every((holding) => holding.assetId !== assetId) ?? true
}

export async function barter(
  algorand: AlgorandClient,
  alice: string,
  give: Lot,
  bob: string,
  take: Lot,
): Promise<('opt-in' | 'transfer')[]> {
  const newcomers = []
  if (await lacks(algorand, alice, take.assetId)) newcomers.push({ sender: alice, assetId: take.assetId })
  if (await lacks(algorand, bob, give.assetId)) newcomers.push({ sender: bob, assetId: give.assetId })
  const group = algorand.newGroup()
  const free = { staticFee: microAlgo(0) }
  for (const newcomer of newcomers) group.addAssetOptIn({ ...newcomer, ...free })
  const size = newcomers.length + 2
  group.addAssetTransfer({
    sender: alice, receiver: bob, assetId: give.assetId, amount: give.units, staticFee: microAlgo(1000 * size),
  })
  group.addAssetTransfer({ sender: bob, receiver: alice, assetId: take.assetId, amount: take.units, ...free })
  await group.send()
  return [...newcomers.map(() => 'opt-in'), 'transfer', 'transfer']
}
