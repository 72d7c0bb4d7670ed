// fact 44: fails at types
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function demo(algorand: AlgorandClient, sender: string): Promise<void> {
  await algorand.send.payment({ from: sender, to: sender, amount: (1).algo() })
}
