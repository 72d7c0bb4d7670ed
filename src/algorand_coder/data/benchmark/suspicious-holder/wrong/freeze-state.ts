// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: freezeTarget and freezeState are the names of algosdk 2
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function setHold(
  algorand: AlgorandClient, officer: string, holder: string, assetId: bigint, hold: boolean,
): Promise<boolean> {
  const { frozen } = await algorand.asset.getAccountInformation(holder, assetId)
  if (frozen === hold) return false
  await algorand.send.assetFreeze({ sender: officer, freezeTarget: holder, assetId, freezeState: hold })
  return true
}
