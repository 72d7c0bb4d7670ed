// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: any text is not one of the two answers
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function deliver(
  algorand: AlgorandClient, sender: string, receiver: string, microAlgos: bigint, reference: string, attempts: number,
): Promise<string> {
  let last: unknown
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      await algorand.send.payment({
        sender, receiver, amount: AlgoAmount.MicroAlgos(microAlgos), lease: reference, validityWindow: 10,
      })
      return 'delivered'
    } catch (error) {
      if (String(error).includes('overlapping lease')) return 'already delivered'
      last = error
    }
  }
  throw last
}
