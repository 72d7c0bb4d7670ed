// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: an address that has not opted in is an error
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function memberCard(
  algorand: AlgorandClient,
  appId: bigint,
  address: string,
): Promise<{ level: bigint; nick: string } | undefined> {
  const { appsLocalState = [] } = await algorand.account.getInformation(address)
  if (!appsLocalState.some(({ id }) => id === appId)) throw new Error('not a member')
  const { level, nick } = await algorand.app.getLocalState(appId, address)
  return { level: BigInt(level?.value ?? 0), nick: `${nick?.value ?? ''}` }
}
