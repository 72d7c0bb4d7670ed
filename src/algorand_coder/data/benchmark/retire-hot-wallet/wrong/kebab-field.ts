// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the response is typed and camel-cased since algosdk 3
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function retireWallet(algorand: AlgorandClient, wallet: string, vault: string): Promise<bigint> {
  const { confirmation } = await algorand.send.payment({
    sender: wallet, receiver: vault, amount: AlgoAmount.MicroAlgos(0), closeRemainderTo: vault,
  })
  return confirmation['closing-amount']
}
