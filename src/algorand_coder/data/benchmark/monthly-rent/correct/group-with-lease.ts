// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { createHash } from 'node:crypto'
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function payRent(
  algorand: AlgorandClient, tenant: string, landlord: string, flat: string, month: string, microAlgos: bigint,
): Promise<'paid' | 'already paid'> {
  const hash = createHash('sha256')
  hash.update(Buffer.from(['rent', flat, month].join(':'), 'utf8'))
  const { lastRound } = await algorand.client.algod.status().do()
  const group = algorand.newGroup().addPayment({
    sender: tenant, receiver: landlord, amount: AlgoAmount.MicroAlgo(microAlgos), lease: Uint8Array.from(hash.digest()),
    firstValidRound: lastRound, lastValidRound: lastRound + 1000n,
  })
  try {
    await group.send()
    return 'paid'
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    if (!text.includes('overlapping lease')) throw error
    return 'already paid'
  }
}
