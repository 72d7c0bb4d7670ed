// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: gives a negative number when there is enough
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

const LEAST = 100_000n

export async function shortfall(
  algorand: AlgorandClient,
  payer: string,
  receiver: string,
  microAlgos: bigint,
): Promise<bigint> {
  const target = await algorand.account.getInformation(receiver)
  if (target.balance.microAlgos === 0n && microAlgos < LEAST) {
    throw new RangeError(`receiver needs at least ${LEAST} micro-Algo`)
  }
  const { balance, minBalance } = await algorand.account.getInformation(payer)
  const needed = microAlgos + 1000n + minBalance.microAlgos
  return needed - balance.microAlgos
}
