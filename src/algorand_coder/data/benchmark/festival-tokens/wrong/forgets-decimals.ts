// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the supply is a hundredth of what was asked for
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function issueTokens(
  algorand: AlgorandClient, organiser: string, wholeTokens: bigint,
): Promise<bigint> {
  const { assetId } = await algorand.send.assetCreate({
    sender: organiser, total: wholeTokens, decimals: 2, assetName: 'Festival Token', unitName: 'FEST',
    url: 'https://festival.example/tokens', manager: organiser, reserve: organiser, freeze: organiser, clawback: organiser,
  })
  return assetId
}
