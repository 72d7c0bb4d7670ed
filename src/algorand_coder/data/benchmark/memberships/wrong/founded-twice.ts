// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: what was founded counts as joined
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

const rising = (a: bigint, b: bigint) => Number(a - b)

export async function memberships(
  algorand: AlgorandClient,
  address: string,
): Promise<{ joined: bigint[]; founded: bigint[] }> {
  const account = await algorand.account.getInformation(address)
  const joined = (account.createdApps ?? []).map((state) => state.id)
  const founded = (account.createdApps ?? []).map((app) => app.id)
  return { joined: joined.sort(rising), founded: founded.sort(rising) }
}
