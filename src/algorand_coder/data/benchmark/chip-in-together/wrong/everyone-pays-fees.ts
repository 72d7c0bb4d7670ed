// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: every friend pays a fee
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export async function chipIn(
  algorand: AlgorandClient,
  friends: string[],
  shop: string,
  microAlgos: bigint,
): Promise<string> {
  if (friends.length < 2 || friends.length > 16) throw new RangeError('2 to 16 friends can chip in')
  if (new Set(friends).size < friends.length) throw new RangeError('a friend is named twice')
  const group = algorand.newGroup()
  friends.forEach((sender, index) => {
    const fee = index === 0 ? 1000 : 1000
    group.addPayment({ sender, receiver: shop, amount: microAlgo(microAlgos), staticFee: microAlgo(fee) })
  })
  const { groupId } = await group.send()
  return groupId
}
