// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: rounds are bigint
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export async function presign(
  algorand: AlgorandClient,
  saver: string,
  bank: string,
  microAlgos: bigint,
  start: bigint,
  every: bigint,
  count: number,
): Promise<Uint8Array[]> {
  if (!(count >= 1 && count <= 24)) throw new RangeError('1 to 24 instalments')
  if (every < 1n || every > 1000n) throw new RangeError('1 to 1000 rounds apart')
  const rounds = Array.from({ length: count }, (_, k) => start + k * every)
  const plan = await Promise.all(
    rounds.map((firstValidRound) =>
      algorand.createTransaction.payment({
        sender: saver,
        receiver: bank,
        amount: microAlgo(microAlgos),
        staticFee: microAlgo(1000),
        firstValidRound,
        lastValidRound: firstValidRound + every - 1n,
      }),
    ),
  )
  const sign = algorand.account.getSigner(saver)
  return sign(plan, plan.map((_, index) => index))
}
