// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { createHash } from 'node:crypto'
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

const leaseFor = (flat: string, month: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(`rent:${flat}:${month}`).digest())

export async function payRent(
  algorand: AlgorandClient,
  tenant: string,
  landlord: string,
  flat: string,
  month: string,
  microAlgos: bigint,
): Promise<'paid' | 'already paid'> {
  const payment = algorand.send.payment({
    sender: tenant,
    receiver: landlord,
    amount: microAlgo(microAlgos),
    lease: leaseFor(flat, month),
    validityWindow: 1000,
  })
  return payment.then(
    () => 'paid' as const,
    (error: unknown) => {
      if (/overlapping lease/.test(String(error))) return 'already paid' as const
      throw error
    },
  )
}
