// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'
import { getApplicationAddress } from 'algosdk'

export async function fundBoxes(
  algorand: AlgorandClient,
  payer: string,
  appId: bigint,
  boxes: number,
  keyBytes: number,
  valueBytes: number,
): Promise<bigint> {
  const receiver = getApplicationAddress(appId)
  const { balance, minBalance } = await algorand.account.getInformation(receiver)
  const base = minBalance.microAlgos > 100_000n ? minBalance.microAlgos : 100_000n
  const deposit = BigInt(boxes) * (2500n + 400n * BigInt(keyBytes + valueBytes))
  const lacking = base + deposit - balance.microAlgos
  if (lacking <= 0n) return 0n
  await algorand.send.payment({ sender: payer, receiver, amount: microAlgo(lacking) })
  return lacking
}
