// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export async function runPayroll(
  algorand: AlgorandClient, employer: string, wages: { worker: string; microAlgos: bigint }[],
): Promise<string[][]> {
  if (!wages.every((w) => w.microAlgos > 0n)) throw new RangeError('every wage must be positive')
  const queue = [...wages]
  const ids: string[][] = []
  while (queue.length > 0) {
    const part = queue.splice(0, 16)
    const composer = part.reduce(
      (c, w) => c.addPayment({ sender: employer, receiver: w.worker, amount: microAlgo(w.microAlgos) }),
      algorand.newGroup(),
    )
    const { txIds } = await composer.send()
    ids.push(txIds)
  }
  return ids
}
