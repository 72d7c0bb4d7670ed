// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

const rising = (a: bigint, b: bigint) => Number(a - b)

export async function memberships(
  algorand: AlgorandClient,
  address: string,
): Promise<{ joined: bigint[]; founded: bigint[] }> {
  const { appsLocalState, createdApps } = await algorand.client.algod.accountInformation(address).do()
  const ids = (list: { id: bigint }[] | undefined) => [...(list ?? [])].map(({ id }) => BigInt(id)).sort(rising)
  return { joined: ids(appsLocalState), founded: ids(createdApps) }
}
