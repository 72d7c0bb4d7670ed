// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

const COST = 101_000n

export async function makeRoom(algorand: AlgorandClient, collector: string, assetIds: bigint[]): Promise<bigint[]> {
  const { assets, balance, minBalance } = await algorand.account.getInformation(collector)
  const held = new Set(assets?.map(({ assetId }) => assetId))
  const wanted = [...new Set(assetIds)]
  for (const id of wanted) {
    await algorand.asset.getById(id).catch(() => {
      throw new Error(`no asset ${id}`)
    })
  }
  const fresh = wanted.filter((id) => !held.has(id))
  const missing = COST * BigInt(fresh.length) - (balance.microAlgos - minBalance.microAlgos)
  if (missing > 0n && fresh.length > 0) throw new Error(`short of ${missing} micro-Algo`)
  await algorand.asset.bulkOptIn(collector, fresh)
  return fresh
}
