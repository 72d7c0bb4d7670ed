// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export async function findCulprit(
  algorand: AlgorandClient, payer: string, payments: { receiver: string; microAlgos: bigint }[],
): Promise<{ index: number; reason: string } | undefined> {
  const simulate = async (count: number): Promise<string | undefined> => {
    const group = algorand.newGroup()
    payments.slice(0, count).forEach((p) => {
      group.addPayment({ sender: payer, receiver: p.receiver, amount: AlgoAmount.MicroAlgo(p.microAlgos) })
    })
    return group.simulate({ skipSignatures: true }).then(() => undefined, message)
  }
  for (let count = 1; count <= payments.length; count++) {
    const reason = await simulate(count)
    if (reason !== undefined) return { index: count - 1, reason }
  }
  return undefined
}
