// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: gives back the result of sending instead of the id
import { algo, AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function payPocketMoney(algorand: AlgorandClient, parent: string, child: string): Promise<string> {
  return await algorand.send.payment({ sender: parent, receiver: child, amount: algo(2) })
}
