// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: does not look whether a holding is frozen
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

async function canReceive(algorand: AlgorandClient, account: string, assetId: bigint): Promise<boolean> {
  const { assets = [] } = await algorand.account.getInformation(account)
  return assets.some((holding) => holding.assetId === assetId)
}

export async function airdrop(
  algorand: AlgorandClient,
  treasury: string,
  assetId: bigint,
  accounts: string[],
  units: bigint,
): Promise<{ served: string[]; skipped: string[] }> {
  const served: string[] = []
  const skipped: string[] = []
  for (const account of new Set(accounts)) {
    const list = (await canReceive(algorand, account, assetId)) ? served : skipped
    list.push(account)
  }
  let group = algorand.newGroup()
  for (const [index, receiver] of served.entries()) {
    group.addAssetTransfer({ sender: treasury, receiver, assetId, amount: units })
    if (index % 16 === 15 || index === served.length - 1) {
      await group.send()
      group = algorand.newGroup()
    }
  }
  return { served, skipped }
}
