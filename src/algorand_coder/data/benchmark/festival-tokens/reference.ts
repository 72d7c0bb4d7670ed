// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

const DECIMALS = 2

export async function issueTokens(
  algorand: AlgorandClient,
  organiser: string,
  wholeTokens: bigint,
): Promise<bigint> {
  const { assetId } = await algorand.send.assetCreate({
    sender: organiser,
    total: wholeTokens * 10n ** BigInt(DECIMALS),
    decimals: DECIMALS,
    assetName: 'Festival Token',
    unitName: 'FEST',
    url: 'https://festival.example/tokens',
    manager: organiser,
    reserve: organiser,
    freeze: organiser,
    clawback: organiser,
  })
  return assetId
}
