// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the lookup is getById
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { AssetInformation } from '@algorandfoundation/algokit-utils/types/asset-manager'

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 404
}

export async function circulating(algorand: AlgorandClient, assetId: bigint): Promise<bigint | undefined> {
  let asset: AssetInformation
  try {
    asset = await algorand.asset.getInformation(assetId)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  if (!asset.reserve) return asset.total
  const { assets = [] } = await algorand.account.getInformation(asset.reserve)
  const kept = assets.find((holding) => holding.assetId === assetId)?.amount ?? 0n
  return asset.total - kept
}
