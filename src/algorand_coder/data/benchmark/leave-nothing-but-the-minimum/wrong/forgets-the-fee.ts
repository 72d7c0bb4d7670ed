// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: nothing is left for the fee
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

const FEE = 1000n

export async function saveAll(algorand: AlgorandClient, wallet: string, savings: string): Promise<bigint> {
  const { balance, minBalance } = await algorand.account.getInformation(wallet)
  const movable = balance.microAlgos - minBalance.microAlgos
  if (movable <= 0n) return 0n
  await algorand.send.payment({ sender: wallet, receiver: savings, amount: microAlgo(movable), staticFee: microAlgo(FEE) })
  return movable
}
