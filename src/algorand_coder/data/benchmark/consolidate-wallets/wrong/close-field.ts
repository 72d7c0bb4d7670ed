// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the field is closeRemainderTo
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export async function sweep(algorand: AlgorandClient, wallets: string[], target: string): Promise<bigint> {
  const worthwhile: string[] = []
  for (const wallet of wallets) {
    const { balance } = await algorand.account.getInformation(wallet)
    if (wallet !== target && balance.microAlgos >= 1000n) worthwhile.push(wallet)
  }
  if (worthwhile.length > 16) throw new RangeError(`${worthwhile.length} wallets do not fit into one group`)
  if (worthwhile.length === 0) return 0n
  const group = algorand.newGroup()
  for (const sender of worthwhile) {
    group.addPayment({ sender, receiver: target, amount: microAlgo(0), closeTo: target })
  }
  const { confirmations } = await group.send()
  return confirmations.reduce((sum, { closingAmount }) => sum + (closingAmount ?? 0n), 0n)
}
