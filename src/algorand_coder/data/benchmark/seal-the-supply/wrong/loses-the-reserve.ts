// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a role that is not repeated is gone
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export type Roles = { manager?: string; reserve?: string; freeze?: string; clawback?: string }

export async function renouncePowers(algorand: AlgorandClient, assetId: bigint): Promise<Roles> {
  const before = await algorand.asset.getById(assetId)
  if (before.freeze || before.clawback) {
    const { manager, reserve } = before
    if (!manager) throw new Error('asset is immutable')
    await algorand.send.assetConfig({ sender: manager, assetId, manager })
  }
  const { manager, reserve, freeze, clawback } = await algorand.asset.getById(assetId)
  return { manager, reserve, freeze, clawback }
}
