// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the field is rekeyTo; reKeyTo is the spelling of algosdk 2
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'
import type { TransactionSignerAccount } from '@algorandfoundation/algokit-utils/types/account'

export async function rotateKey(
  algorand: AlgorandClient, account: string, next: TransactionSignerAccount,
): Promise<string | undefined> {
  await algorand.send.payment({
    sender: account, receiver: account, amount: AlgoAmount.MicroAlgos(0), reKeyTo: next.addr,
  })
  return (await algorand.account.getInformation(account)).authAddr?.toString()
}
