// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: an online registration needs participation keys; going offline has its own method
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Transaction } from 'algosdk'

export async function prepareGoOffline(algorand: AlgorandClient, account: string): Promise<Transaction> {
  return await algorand.createTransaction.onlineKeyRegistration({ sender: account, validityWindow: 800n })
}
