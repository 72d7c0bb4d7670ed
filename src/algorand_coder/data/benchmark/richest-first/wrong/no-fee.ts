// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: forgets that the fee has to be paid too
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export async function payFromRichest(
  algorand: AlgorandClient,
  accounts: string[],
  creditor: string,
  microAlgos: bigint,
): Promise<string> {
  const purses = await Promise.all(accounts.map((account) => algorand.account.getInformation(account)))
  const spendable = purses.map(({ balance, minBalance }) => balance.microAlgos - minBalance.microAlgos)
  let best = 0
  for (const [index, amount] of spendable.entries()) {
    if (amount > spendable[best]) best = index
  }
  if (accounts.length === 0 || spendable[best] < microAlgos) throw new Error(`nobody can pay ${microAlgos}`)
  await algorand.send.payment({
    sender: accounts[best], receiver: creditor, amount: microAlgo(microAlgos), staticFee: microAlgo(1000),
  })
  return accounts[best]
}
