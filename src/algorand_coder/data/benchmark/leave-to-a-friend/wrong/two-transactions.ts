// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the gift and the closing are two transactions
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function leaveTo(
  algorand: AlgorandClient,
  holder: string,
  charity: string,
  friend: string,
  assetId: bigint,
  gift: bigint,
): Promise<bigint> {
  for (const address of [charity, friend]) {
    const { assets } = await algorand.account.getInformation(address)
    if (!assets?.some((held) => held.assetId === assetId)) throw new Error(`${address} cannot receive the asset`)
  }
  await algorand.send.assetTransfer({ sender: holder, receiver: charity, assetId, amount: gift })
  const { confirmation } = await algorand.send.assetTransfer({
    sender: holder, receiver: friend, assetId, amount: 0n, closeAssetTo: friend,
  })
  return confirmation.assetClosingAmount ?? 0n
}
