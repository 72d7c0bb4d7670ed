// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the payment does not reach the application
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'
import type { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'

export async function placeOrder(
  algorand: AlgorandClient,
  client: AppClient,
  customer: string,
  article: string,
  microAlgos: bigint,
): Promise<{ order: bigint; paymentId: string }> {
  const payment = await algorand.createTransaction.payment({
    sender: customer,
    receiver: customer,
    amount: microAlgo(microAlgos),
    note: 'order',
  })
  const { return: order, txIds } = await client.send.call({ method: 'order', args: [payment, article], sender: customer })
  if (typeof order !== 'bigint') throw new TypeError('the contract gave no number')
  return { order, paymentId: txIds[0] }
}
