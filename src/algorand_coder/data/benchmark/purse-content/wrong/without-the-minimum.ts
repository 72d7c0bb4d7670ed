// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: leaves the minimum balance out
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function purseContent(algorand: AlgorandClient, address: string): Promise<bigint> {
  const { balance, minBalance } = await algorand.account.getInformation(address)
  return balance.microAlgo - minBalance.microAlgo
}
