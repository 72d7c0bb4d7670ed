// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the parameter is assetId
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function giveShare(
  algorand: AlgorandClient, garden: string, helper: string, token: bigint, units: bigint,
): Promise<bigint | undefined> {
  const { confirmation } = await algorand.send.assetTransfer({
    sender: garden, receiver: helper, asset: token, amount: units,
  })
  return confirmation.confirmedRound
}
