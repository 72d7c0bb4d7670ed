// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: sender and receiver are swapped
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export type Receipt = {
  from: string
  to: string
  amount: bigint
  fee: bigint
  note: string
  round: bigint
}

export async function receipt(algorand: AlgorandClient, txId: string): Promise<Receipt> {
  const information = await algorand.client.algod.pendingTransactionInformation(txId).do()
  const { payment, sender, fee, note } = information.txn.txn
  if (!payment) throw new TypeError('not a payment')
  return {
    from: payment.receiver.toString(),
    to: sender.toString(),
    amount: payment.amount,
    fee,
    note: new TextDecoder().decode(note),
    round: information.confirmedRound ?? 0n,
  }
}
