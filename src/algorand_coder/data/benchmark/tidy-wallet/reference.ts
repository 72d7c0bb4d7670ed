// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

async function minimumBalance(algorand: AlgorandClient, user: string): Promise<bigint> {
  return (await algorand.account.getInformation(user)).minBalance.microAlgos
}

export async function discardAsset(algorand: AlgorandClient, user: string, assetId: bigint): Promise<bigint> {
  const before = await minimumBalance(algorand, user)
  const { creator } = await algorand.asset.getById(assetId)
  await algorand.send.assetOptOut({ sender: user, assetId, creator, ensureZeroBalance: false })
  return before - (await minimumBalance(algorand, user))
}
