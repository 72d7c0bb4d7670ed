// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: does not ask who is in charge
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { TransactionSignerAccount } from '@algorandfoundation/algokit-utils/types/account'

export async function takeBack(
  algorand: AlgorandClient,
  account: string,
  service: TransactionSignerAccount,
  owner: TransactionSignerAccount,
): Promise<boolean> {
  const holder = (await algorand.account.getInformation(account)).authAddr?.toString()
  if (holder === 'nobody') return false
  if (holder !== service.addr.toString()) throw new Error(`held by ${holder}`)
  await algorand.account.rekeyAccount(account, owner, { signer: service })
  algorand.account.setSigner(account, owner.signer)
  return true
}
