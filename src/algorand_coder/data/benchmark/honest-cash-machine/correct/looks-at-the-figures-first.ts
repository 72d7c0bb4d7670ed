// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export type Withdrawal = { status: 'paid'; txId: string } | { status: 'short'; available: bigint }

const tooLittle = ['overspend', 'below min']

async function spendable(algorand: AlgorandClient, account: string): Promise<bigint> {
  const information = await algorand.account.getInformation(account)
  const free = information.balance.microAlgos - information.minBalance.microAlgos
  return free < 0n ? 0n : free
}

export async function withdraw(
  algorand: AlgorandClient, account: string, machine: string, microAlgos: bigint,
): Promise<Withdrawal> {
  const amount = AlgoAmount.MicroAlgos(microAlgos)
  const outcome: unknown = await algorand.newGroup().addPayment({ sender: account, receiver: machine, amount }).send().then(
    ({ txIds }) => txIds[0],
    (error: unknown) => ({ error }),
  )
  if (typeof outcome === 'string') return { status: 'paid', txId: outcome }
  const { error } = outcome as { error: unknown }
  const text = String(error)
  if (tooLittle.some((sign) => text.includes(sign))) return { status: 'short', available: await spendable(algorand, account) }
  throw error
}
