// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: a comparator gives a number
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export type Holder = { address: string; units: bigint }

function larger(a: Holder, b: Holder): number {
  if (a.units !== b.units) return a.units > b.units ? -1 : 1
  return a.address < b.address ? -1 : 1
}

export async function ranking(
  algorand: AlgorandClient,
  assetId: bigint,
  accounts: string[],
  least: bigint,
): Promise<Holder[]> {
  const looked = [...new Set(accounts)].map(async (address) => {
    const { assets = [] } = await algorand.account.getInformation(address)
    return assets
      .filter((holding) => holding.assetId === assetId && holding.amount >= least)
      .map((holding) => ({ address, units: holding.amount }))
  })
  return (await Promise.all(looked)).flat().sort((a, b) => b.units - a.units)
}
