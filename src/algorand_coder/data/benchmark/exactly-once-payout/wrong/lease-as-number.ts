// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: a lease is bytes or a string
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function payOnce(
  algorand: AlgorandClient, treasury: string, worker: string, microAlgos: bigint, payoutId: string,
): Promise<string | undefined> {
  const { txIds } = await algorand.send.payment({
    sender: treasury, receiver: worker, amount: AlgoAmount.MicroAlgos(microAlgos), lease: Number(payoutId), validityWindow: 200,
  })
  return txIds[0]
}
