// fact 43: passes
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function demo(algorand: AlgorandClient, sender: string): Promise<void> {
  await algorand.send.payment({ sender, receiver: sender, amount: (1).algo() })
  await algorand.send.payment({ sender, receiver: sender, amount: AlgoAmount.MicroAlgo(5) })
  await algorand.send.assetOptIn({ sender, assetId: 5n })
}
