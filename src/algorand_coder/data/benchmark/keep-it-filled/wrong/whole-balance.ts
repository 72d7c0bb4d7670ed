// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: forgets that the minimum balance cannot be spent
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

const CRUMB = 50_000n

export async function refill(algorand: AlgorandClient, bank: string, cash: string, level: bigint): Promise<bigint> {
  const account = await algorand.account.getInformation(cash)
  const missing = level - account.balance.microAlgos
  if (missing <= 0n) return 0n
  const paid = missing < CRUMB ? CRUMB : missing
  await algorand.send.payment({ sender: bank, receiver: cash, amount: AlgoAmount.MicroAlgos(paid) })
  return paid
}
