// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: registers the signer locally; the network never hears of a new key
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { TransactionSignerAccount } from '@algorandfoundation/algokit-utils/types/account'

export async function rotateKey(
  algorand: AlgorandClient, account: string, next: TransactionSignerAccount,
): Promise<string | undefined> {
  algorand.account.rekeyed(account, next)
  return next.addr.toString()
}
