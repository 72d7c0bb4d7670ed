// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: refuses when units are left instead of returning them
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function discardAsset(algorand: AlgorandClient, user: string, assetId: bigint): Promise<bigint> {
  const before = await algorand.account.getInformation(user)
  await algorand.send.assetOptOut({ sender: user, assetId, ensureZeroBalance: true })
  const after = await algorand.account.getInformation(user)
  return before.minBalance.microAlgos - after.minBalance.microAlgos
}
