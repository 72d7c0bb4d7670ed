// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a set in memory is empty after a crash
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { decodeSignedTransaction, waitForConfirmation } from 'algosdk'

const seen = new Set<string>()

export async function submitOnce(
  algorand: AlgorandClient,
  signed: Uint8Array,
): Promise<{ txId: string; sentNow: boolean }> {
  const { algod } = algorand.client
  const txId = decodeSignedTransaction(signed).txn.txID()
  if (seen.has(txId)) return { txId, sentNow: false }
  seen.add(txId)
  await algod.sendRawTransaction(signed).do()
  await waitForConfirmation(algod, txId, 5)
  return { txId, sentNow: true }
}
