// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: authAddr is an Address, the interface asks for a string
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { TransactionSignerAccount } from '@algorandfoundation/algokit-utils/types/account'

export async function rotateKey(
  algorand: AlgorandClient, account: string, next: TransactionSignerAccount,
): Promise<string | undefined> {
  await algorand.account.rekeyAccount(account, next)
  const information = await algorand.account.getInformation(account)
  return information.authAddr
}
