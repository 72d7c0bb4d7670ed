// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the original error is lost
import { microAlgo } from '@algorandfoundation/algokit-utils'
import type { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'
import type { ABIValue } from 'algosdk'

export async function callWithinBudget(
  client: AppClient,
  method: string,
  args: ABIValue[],
  budget: bigint,
): Promise<bigint> {
  try {
    const options = { maxFee: microAlgo(budget), coverAppCallInnerTransactionFees: true }
    const { transaction } = await client.send.call({ method, args, ...options })
    return transaction.fee
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    if (/max fee|maxFee|fees? (?:is )?too small/i.test(message)) throw new RangeError('over budget')
    throw error
  }
}
