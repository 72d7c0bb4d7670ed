// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: sends one unit whatever was asked for
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function giveShare(
  algorand: AlgorandClient, garden: string, helper: string, token: bigint, units: bigint,
): Promise<bigint | undefined> {
  const { confirmation } = await algorand.send.assetTransfer({
    sender: garden, receiver: helper, assetId: token, amount: units > 0n ? 1n : 0n,
  })
  return confirmation.confirmedRound
}
