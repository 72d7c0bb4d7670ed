// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the parameter is assetId
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export type Roles = { manager?: string; reserve?: string; freeze?: string; clawback?: string }

export async function renouncePowers(algorand: AlgorandClient, assetId: bigint): Promise<Roles> {
  const before = await algorand.asset.getById(assetId)
  if (before.freeze || before.clawback) {
    const { manager, reserve } = before
    if (!manager) throw new Error('asset is immutable')
    await algorand.send.assetConfig({ sender: manager, assetIndex: assetId, manager, reserve })
  }
  const { manager, reserve, freeze, clawback } = await algorand.asset.getById(assetId)
  return { manager, reserve, freeze, clawback }
}
