// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function chipIn(
  algorand: AlgorandClient, friends: string[], shop: string, microAlgos: bigint,
): Promise<string> {
  const [organiser, ...others] = friends
  const distinct = new Set(friends)
  if (others.length === 0 || friends.length > 16 || distinct.size !== friends.length) {
    throw new RangeError(`cannot collect from ${friends.length} friends`)
  }
  const amount = AlgoAmount.MicroAlgos(microAlgos)
  const composer = algorand.newGroup().addPayment({
    sender: organiser, receiver: shop, amount, staticFee: AlgoAmount.MicroAlgos(1000 * friends.length),
  })
  for (const sender of others) {
    composer.addPayment({ sender, receiver: shop, amount, staticFee: AlgoAmount.MicroAlgos(0) })
  }
  const sent = await composer.send()
  const group = sent.transactions[0].group
  if (!group) throw new Error('no group')
  return Buffer.from(group).toString('base64')
}
