// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the status widens to string
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export type Withdrawal = { status: string; txId?: string; available?: bigint }

export async function withdraw(
  algorand: AlgorandClient, account: string, machine: string, microAlgos: bigint,
): Promise<Withdrawal> {
  try {
    const sent = await algorand.send.payment({
      sender: account, receiver: machine, amount: AlgoAmount.MicroAlgos(microAlgos),
    })
    return { status: 'paid', txId: sent.txIds[0] }
  } catch (error) {
    const { balance, minBalance } = await algorand.account.getInformation(account)
    return { status: 'short', available: balance.microAlgos - minBalance.microAlgos }
  }
}
