// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the newcomer pays the fee of the opt-in
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'

export async function welcome(
  algorand: AlgorandClient, sponsor: string, newcomer: string, assetId: bigint, units: bigint,
): Promise<bigint> {
  await algorand
    .newGroup()
    .addPayment({ sender: sponsor, receiver: newcomer, amount: AlgoAmount.MicroAlgos(100_000) })
    .addAssetOptIn({ sender: newcomer, assetId })
    .addAssetTransfer({ sender: sponsor, receiver: newcomer, assetId, amount: units })
    .send()
  return (await algorand.asset.getAccountInformation(newcomer, assetId)).balance
}
