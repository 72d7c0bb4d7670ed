// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function leaveTo(
  algorand: AlgorandClient, holder: string, charity: string, friend: string, assetId: bigint, gift: bigint,
): Promise<bigint> {
  const balance = async (address: string): Promise<bigint> => {
    try {
      return (await algorand.asset.getAccountInformation(address, assetId)).balance
    } catch {
      throw new Error(`${address} cannot receive the asset`)
    }
  }
  await balance(charity)
  const before = await balance(friend)
  const group = algorand.newGroup()
  group.addAssetTransfer({ sender: holder, receiver: charity, assetId, amount: gift, closeAssetTo: friend })
  await group.send()
  return (await balance(friend)) - before
}
