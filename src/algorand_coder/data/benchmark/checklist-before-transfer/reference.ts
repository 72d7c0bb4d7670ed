// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function obstacles(
  algorand: AlgorandClient,
  sender: string,
  receiver: string,
  assetId: bigint,
  units: bigint,
): Promise<string[]> {
  const [from, to] = await Promise.all([sender, receiver].map((address) => algorand.account.getInformation(address)))
  const own = from.assets?.find((holding) => holding.assetId === assetId)
  const theirs = to.assets?.find((holding) => holding.assetId === assetId)
  const rules: [boolean | undefined, string][] = [
    [units <= 0n, 'amount must be positive'],
    [!own, 'sender does not hold the asset'],
    [own?.isFrozen, 'sender is frozen'],
    [own && own.amount < units, 'sender has too few units'],
    [!theirs, 'receiver has not opted in'],
    [theirs?.isFrozen, 'receiver is frozen'],
    [from.balance.microAlgos - from.minBalance.microAlgos < 1000n, 'sender cannot pay the fee'],
  ]
  return rules.filter(([applies]) => applies).map(([, text]) => text)
}
