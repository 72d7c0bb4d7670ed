// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a set in memory is gone after a restart; nothing on chain prevents the second payment
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

const paid = new Set<string>()

export async function payOnce(
  algorand: AlgorandClient, treasury: string, worker: string, microAlgos: bigint, payoutId: string,
): Promise<string | undefined> {
  if (paid.has(payoutId)) return undefined
  paid.add(payoutId)
  const { txIds } = await algorand.send.payment({
    sender: treasury, receiver: worker, amount: AlgoAmount.MicroAlgos(microAlgos), note: payoutId, validityWindow: 200,
  })
  return txIds[0]
}
