// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: does not look at the network
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { bytesToBase64, decodeSignedTransaction, type Transaction } from 'algosdk'

export type State = 'ready' | 'early' | 'expired' | 'foreign' | 'broken'

function decode(bytes: Uint8Array): Transaction | undefined {
  try {
    return decodeSignedTransaction(bytes).txn
  } catch {
    return undefined
  }
}

export async function readiness(algorand: AlgorandClient, queue: Uint8Array[]): Promise<State[]> {
  const { algod } = algorand.client
  const next = (await algod.status().do()).lastRound + 1n
  const { genesisHash } = await algod.getTransactionParams().do()
  const home = genesisHash && bytesToBase64(genesisHash)
  return queue.map(decode).map((txn) => {
    if (!txn) return 'broken'
    if (home === undefined) return 'foreign'
    if (txn.firstValid > next) return 'early'
    return txn.lastValid < next ? 'expired' : 'ready'
  })
}
