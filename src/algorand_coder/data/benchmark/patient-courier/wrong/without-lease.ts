// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: without a lease an attempt that got through late is paid a second time
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function deliver(
  algorand: AlgorandClient, sender: string, receiver: string, microAlgos: bigint, reference: string, attempts: number,
): Promise<'delivered' | 'already delivered'> {
  for (let attempt = 1; ; attempt++) {
    try {
      await algorand.send.payment({
        sender, receiver, amount: AlgoAmount.MicroAlgos(microAlgos), note: reference, validityWindow: 10,
      })
      return 'delivered'
    } catch (error) {
      if (!String(error).includes('txn dead') || attempt >= attempts) throw error
    }
  }
}
