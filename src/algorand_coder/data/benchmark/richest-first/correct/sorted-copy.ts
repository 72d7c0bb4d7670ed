// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

type Purse = { address: string; free: bigint }

export async function payFromRichest(
  algorand: AlgorandClient, accounts: string[], creditor: string, microAlgos: bigint,
): Promise<string> {
  const purses: Purse[] = []
  for (const address of accounts) {
    const info = await algorand.account.getInformation(address)
    purses.push({ address, free: info.balance.microAlgos - info.minBalance.microAlgos })
  }
  purses.sort((a, b) => (a.free === b.free ? 0 : a.free > b.free ? -1 : 1))
  const richest = purses.at(0)
  if (!richest || richest.free - 1000n < microAlgos) throw new Error(`nobody can pay ${microAlgos}`)
  const amount = AlgoAmount.MicroAlgos(microAlgos)
  await algorand.send.payment({ sender: richest.address, receiver: creditor, amount })
  return richest.address
}
