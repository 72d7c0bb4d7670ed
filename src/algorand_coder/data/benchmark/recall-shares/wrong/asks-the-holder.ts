// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a transfer from the holder needs the holder's signature
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function recallShares(
  algorand: AlgorandClient, _registrar: string, holder: string, escrow: string, assetId: bigint, shares: bigint,
): Promise<bigint> {
  const { balance } = await algorand.asset.getAccountInformation(holder, assetId)
  const amount = balance < shares ? balance : shares
  if (amount === 0n) return 0n
  await algorand.send.assetTransfer({ sender: holder, receiver: escrow, assetId, amount })
  return amount
}
