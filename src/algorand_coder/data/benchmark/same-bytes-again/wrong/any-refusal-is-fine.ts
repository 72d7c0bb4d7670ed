// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: takes every refusal for success
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { decodeSignedTransaction, waitForConfirmation } from 'algosdk'

export async function submitOnce(
  algorand: AlgorandClient,
  signed: Uint8Array,
): Promise<{ txId: string; sentNow: boolean }> {
  const { algod } = algorand.client
  const txId = decodeSignedTransaction(signed).txn.txID()
  try {
    await algod.sendRawTransaction(signed).do()
  } catch (error) {
    if (error === undefined) throw error
    return { txId, sentNow: false }
  }
  await waitForConfirmation(algod, txId, 5)
  return { txId, sentNow: true }
}
