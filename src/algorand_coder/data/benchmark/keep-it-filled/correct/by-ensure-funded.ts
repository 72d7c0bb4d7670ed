// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export async function refill(algorand: AlgorandClient, bank: string, cash: string, level: bigint): Promise<bigint> {
  const before = (await algorand.account.getInformation(cash)).balance.microAlgos
  await algorand.account.ensureFunded(cash, bank, microAlgo(level), { minFundingIncrement: microAlgo(50_000) })
  return (await algorand.account.getInformation(cash)).balance.microAlgos - before
}
