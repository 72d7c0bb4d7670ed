// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: ids are bigint
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function powers(algorand: AlgorandClient, assetId: bigint): Promise<string[]> {
  const asset = await algorand.asset.getById(assetId)
  const { assets } = await algorand.account.getInformation(asset.creator)
  const own = assets?.find((held) => held.assetId === Number(assetId))
  const sentences: string[] = []
  if (asset.freeze) sentences.push('can be frozen')
  if (asset.clawback) sentences.push('can be taken back')
  if (asset.manager) sentences.push('rules can change')
  if (asset.defaultFrozen) sentences.push('starts frozen')
  if (own?.amount === asset.total) sentences.push('creator holds everything')
  return sentences
}
