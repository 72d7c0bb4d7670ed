// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: long names of flats that begin alike share a lease
import { createHash } from 'node:crypto'
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

const leaseFor = (flat: string, month: string): Uint8Array =>
  new TextEncoder().encode(`rent:${flat}:${month}`.slice(0, 24).padEnd(32, createHash('sha256').update('').digest('hex')))

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
