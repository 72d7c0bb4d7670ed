// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: sends the transaction and resolves to the result of sending instead of the transaction
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function prepareGoOffline(algorand: AlgorandClient, account: string) {
  return await algorand.send.offlineKeyRegistration({ sender: account, validityWindow: 800n })
}
