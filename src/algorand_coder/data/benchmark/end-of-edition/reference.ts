// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function endEdition(algorand: AlgorandClient, assetId: bigint): Promise<bigint> {
  const { creator, manager, total } = await algorand.asset.getById(assetId)
  if (!manager) throw new Error('nobody may destroy it')
  const before = await algorand.account.getInformation(creator)
  const home = before.assets?.find((holding) => holding.assetId === assetId)?.amount ?? 0n
  if (home < total) throw new RangeError(`${total - home} units are out`)
  await algorand.send.assetDestroy({ sender: manager, assetId })
  const after = await algorand.account.getInformation(creator)
  return before.minBalance.microAlgos - after.minBalance.microAlgos
}
