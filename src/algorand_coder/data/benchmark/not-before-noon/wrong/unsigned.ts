// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: gives the transaction itself
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export async function prepareDeferred(
  algorand: AlgorandClient,
  sender: string,
  receiver: string,
  microAlgos: bigint,
  from: bigint,
  rounds: bigint,
): Promise<Uint8Array> {
  if (rounds < 0n || rounds > 1000n) throw new RangeError(`a transaction lives at most 1000 rounds, not ${rounds}`)
  const transaction = await algorand.createTransaction.payment({
    sender,
    receiver,
    amount: microAlgo(microAlgos),
    firstValidRound: from,
    lastValidRound: from + rounds,
  })
  return transaction
}
