// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: blames the first payment
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function findCulprit(
  algorand: AlgorandClient,
  payer: string,
  payments: { receiver: string; microAlgos: bigint }[],
): Promise<{ index: number; reason: string } | undefined> {
  const composer = algorand.newGroup()
  for (const { receiver, microAlgos } of payments) {
    composer.addPayment({ sender: payer, receiver, amount: microAlgo(microAlgos) })
  }
  const { transactions } = await composer.buildTransactions()
  if (transactions.length > 1) algosdk.assignGroupID(transactions)
  const txns = transactions.map((txn) => algosdk.decodeSignedTransaction(algosdk.encodeUnsignedSimulateTransaction(txn)))
  const request = new algosdk.modelsv2.SimulateRequest({
    txnGroups: [new algosdk.modelsv2.SimulateRequestTransactionGroup({ txns })],
    allowEmptySignatures: true,
  })
  const [group] = (await algorand.client.algod.simulateTransactions(request).do()).txnGroups
  if (!group.failureMessage) return undefined
  return { index: group.failedAt ? 0 : -1, reason: group.failureMessage }
}
