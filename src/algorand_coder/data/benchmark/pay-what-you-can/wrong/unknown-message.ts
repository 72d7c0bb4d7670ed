// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: a caught error is unknown
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export type Refund = { id: string; receiver: string; microAlgos: bigint }
export type Settled = { id: string; txId: string } | { id: string; error: string }

export async function payEach(algorand: AlgorandClient, shop: string, refunds: Refund[]): Promise<Settled[]> {
  const settled: Settled[] = []
  const seen = new Set<string>()
  for (const { id, receiver, microAlgos } of refunds) {
    if (seen.has(id)) {
      settled.push({ id, error: 'duplicate' })
      continue
    }
    seen.add(id)
    try {
      const amount = microAlgo(microAlgos)
      const { txIds } = await algorand.send.payment({ sender: shop, receiver, amount, note: `refund ${id}` })
      settled.push({ id, txId: txIds[0] })
    } catch (error) {
      settled.push({ id, error: error.message })
    }
  }
  return settled
}
