// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export type Deposit = {
  account: bigint
  assets: bigint
  createdApps: bigint
  optedInApps: bigint
  schema: bigint
  boxes: bigint
  other: bigint
}

const times = (price: bigint, count: number | bigint | undefined): bigint => price * BigInt(count ?? 0)

export async function explainDeposit(algorand: AlgorandClient, address: string): Promise<Deposit> {
  const info = await algorand.account.getInformation(address)
  const { appsTotalSchema: schema } = info
  const parts = {
    account: 100_000n,
    assets: times(100_000n, info.totalAssetsOptedIn),
    createdApps: times(100_000n, info.totalCreatedApps) + times(100_000n, info.appsTotalExtraPages),
    optedInApps: times(100_000n, info.totalAppsOptedIn),
    schema: times(28_500n, schema?.numUint) + times(50_000n, schema?.numByteSlice),
    boxes: times(2500n, info.totalBoxes) + times(400n, info.totalBoxBytes),
  }
  const known = Object.values(parts).reduce((sum, part) => sum + part)
  return { ...parts, other: info.minBalance.microAlgos - known }
}
