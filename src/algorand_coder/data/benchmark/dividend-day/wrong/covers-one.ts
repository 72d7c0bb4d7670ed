// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: only one of the two inner payments is covered
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'
import type { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'

export async function payDividend(client: AppClient, first: string, second: string): Promise<bigint> {
  const { transaction } = await client.send.call({
    method: 'distribute', args: [first, second], extraFee: AlgoAmount.MicroAlgos(1000),
  })
  return transaction.fee
}
