// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: an amount is an AlgoAmount
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function payPocketMoney(algorand: AlgorandClient, parent: string, child: string): Promise<string> {
  const { txIds } = await algorand.send.payment({ sender: parent, receiver: child, amount: 2_000_000 })
  return txIds[0]
}
