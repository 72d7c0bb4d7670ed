// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: methodArgs is the name of algokit-utils 6
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'
import type { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'

export async function payDividend(client: AppClient, first: string, second: string): Promise<bigint> {
  const { transaction } = await client.send.call({
    method: 'distribute', methodArgs: [first, second], extraFee: AlgoAmount.MicroAlgos(2000),
  })
  return transaction.fee
}
