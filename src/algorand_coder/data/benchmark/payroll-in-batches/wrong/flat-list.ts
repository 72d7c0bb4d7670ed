// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: gives one flat list of ids
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

const GROUP_SIZE = 16

export async function runPayroll(
  algorand: AlgorandClient,
  employer: string,
  wages: { worker: string; microAlgos: bigint }[],
): Promise<string[][]> {
  const bad = wages.findIndex((wage) => wage.microAlgos <= 0n)
  if (bad >= 0) throw new RangeError(`wage ${bad} is not positive`)
  const sent: string[] = []
  for (let start = 0; start < wages.length; start += GROUP_SIZE) {
    const group = algorand.newGroup()
    for (const { worker, microAlgos } of wages.slice(start, start + GROUP_SIZE)) {
      group.addPayment({ sender: employer, receiver: worker, amount: AlgoAmount.MicroAlgos(microAlgos) })
    }
    sent.push(...(await group.send()).txIds)
  }
  return sent
}
