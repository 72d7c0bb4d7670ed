// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: a note is text or bytes
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export type Item = { sku: string; seller: string; price: bigint }

export async function buyAll(
  algorand: AlgorandClient,
  buyer: string,
  cart: Item[],
  fund: string,
  percent: bigint,
): Promise<bigint> {
  if (cart.length === 0 || cart.length > 8 || percent < 0n || percent > 100n) throw new RangeError('cannot buy that')
  const payments = cart.flatMap(({ sku, seller, price }) => {
    const item = { receiver: seller, due: price, note: sku }
    const offset = { receiver: fund, due: (price * percent + 99n) / 100n, note: `offset:${sku}` }
    return percent > 0n ? [item, offset] : [item]
  })
  const group = payments.reduce(
    (composer, { receiver, due, note }) => composer.addPayment({ sender: buyer, receiver, amount: microAlgo(due), note: { text: note } }),
    algorand.newGroup(),
  )
  await group.send()
  return payments.reduce((sum, { due }) => sum + due, 0n)
}
