// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function recallShares(
  algorand: AlgorandClient,
  registrar: string,
  holder: string,
  escrow: string,
  assetId: bigint,
  shares: bigint,
): Promise<bigint> {
  const { balance } = await algorand.asset.getAccountInformation(holder, assetId)
  const amount = balance < shares ? balance : shares
  if (amount === 0n) return 0n
  await algorand.send.assetTransfer({ sender: registrar, clawbackTarget: holder, receiver: escrow, assetId, amount })
  return amount
}
