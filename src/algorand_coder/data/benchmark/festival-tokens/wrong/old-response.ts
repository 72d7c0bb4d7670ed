// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the id is in the result's assetId; asset-index is the key of algosdk 2
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function issueTokens(
  algorand: AlgorandClient, organiser: string, wholeTokens: bigint,
): Promise<bigint> {
  const result = await algorand.send.assetCreate({
    sender: organiser, total: wholeTokens * 100n, decimals: 2, assetName: 'Festival Token', unitName: 'FEST',
    url: 'https://festival.example/tokens', manager: organiser, reserve: organiser, freeze: organiser, clawback: organiser,
  })
  return result.confirmation['asset-index']
}
