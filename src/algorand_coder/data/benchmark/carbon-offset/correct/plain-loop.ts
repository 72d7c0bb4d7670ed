// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export type Item = { sku: string; seller: string; price: bigint }

export async function buyAll(
  algorand: AlgorandClient, buyer: string, cart: Item[], fund: string, percent: bigint,
): Promise<bigint> {
  if (cart.length < 1 || cart.length > 8) throw new RangeError('1 to 8 items')
  if (percent < 0n || percent > 100n) throw new RangeError('0 to 100 percent')
  let total = 0n
  const group = algorand.newGroup()
  const pay = (receiver: string, amount: bigint, note: string) => {
    total += amount
    group.addPayment({ sender: buyer, receiver, amount: AlgoAmount.MicroAlgos(amount), note })
  }
  for (const item of cart) {
    pay(item.seller, item.price, item.sku)
    if (percent === 0n) continue
    const exact = item.price * percent
    pay(fund, exact / 100n + (exact % 100n === 0n ? 0n : 1n), `offset:${item.sku}`)
  }
  await group.send()
  return total
}
