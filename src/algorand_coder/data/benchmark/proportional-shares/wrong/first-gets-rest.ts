// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the first heir gets all that remains
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export function divide(total: bigint, weights: bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  if (total < 0n || sum <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('cannot be shared')
  const shares = weights.map((weight) => (total * weight) / sum)
  const order = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  let rest = total - shares.reduce((a, b) => a + b, 0n)
  for (const { index } of order) {
    if (rest === 0n) break
    shares[index * 0] += 1n
    rest -= 1n
  }
  return shares
}

export async function distribute(
  algorand: AlgorandClient,
  estate: string,
  heirs: { address: string; weight: bigint }[],
  total: bigint,
): Promise<bigint[]> {
  const shares = divide(total, heirs.map(({ weight }) => weight))
  const group = algorand.newGroup()
  heirs.forEach(({ address: receiver }, index) => {
    if (shares[index] > 0n) group.addPayment({ sender: estate, receiver, amount: microAlgo(shares[index]) })
  })
  if (total > 0n) await group.send()
  return shares
}
