// fact 43: fails at types
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function demo(algorand: AlgorandClient, sender: string): Promise<void> {
  await algorand.send.payment({ sender, receiver: sender, amount: 1000 })
}
