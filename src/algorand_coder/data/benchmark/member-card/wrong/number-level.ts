// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a large level loses its last digits
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function memberCard(
  algorand: AlgorandClient,
  appId: bigint,
  address: string,
): Promise<{ level: bigint; nick: string } | undefined> {
  const { appsLocalState = [] } = await algorand.account.getInformation(address)
  if (!appsLocalState.some(({ id }) => id === appId)) return undefined
  const { level, nick } = await algorand.app.getLocalState(appId, address)
  return { level: BigInt(Number(level?.value ?? 0) + 1) - 1n, nick: `${nick?.value ?? ''}` }
}
