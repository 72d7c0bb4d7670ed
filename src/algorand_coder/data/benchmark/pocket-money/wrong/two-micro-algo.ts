// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: sends a millionth of it
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export async function payPocketMoney(algorand: AlgorandClient, parent: string, child: string): Promise<string> {
  const { txIds } = await algorand.send.payment({ sender: parent, receiver: child, amount: microAlgo(2) })
  return txIds[0]
}
