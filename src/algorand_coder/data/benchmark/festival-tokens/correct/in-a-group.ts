// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function issueTokens(algorand: AlgorandClient, organiser: string, wholeTokens: bigint): Promise<bigint> {
  const roles = { manager: organiser, reserve: organiser, freeze: organiser, clawback: organiser }
  const { confirmations } = await algorand
    .newGroup()
    .addAssetCreate({
      sender: organiser, assetName: 'Festival Token', unitName: 'FEST', url: 'https://festival.example/tokens',
      decimals: 2, total: 100n * wholeTokens, defaultFrozen: false, ...roles,
    })
    .send()
  const id = confirmations[0].assetIndex
  if (id === undefined) throw new Error('no asset was created')
  return id
}
