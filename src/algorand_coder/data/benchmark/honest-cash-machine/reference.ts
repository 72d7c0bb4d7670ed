// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export type Withdrawal = { status: 'paid'; txId: string } | { status: 'short'; available: bigint }

export async function withdraw(
  algorand: AlgorandClient,
  account: string,
  machine: string,
  microAlgos: bigint,
): Promise<Withdrawal> {
  try {
    const sent = await algorand.send.payment({
      sender: account,
      receiver: machine,
      amount: AlgoAmount.MicroAlgos(microAlgos),
    })
    return { status: 'paid', txId: sent.txIds[0] }
  } catch (error) {
    if (!(error instanceof Error) || !/overspend|below min/.test(error.message)) throw error
    const { balance, minBalance } = await algorand.account.getInformation(account)
    const available = balance.microAlgos - minBalance.microAlgos
    return { status: 'short', available: available > 0n ? available : 0n }
  }
}
