// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the fewest votes come first
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export type Rating = { address: string; stars: bigint; votes: bigint }

export async function ratings(algorand: AlgorandClient, specification: string, appId: bigint): Promise<Rating[]> {
  const client = algorand.client.getAppClientById({ appSpec: specification, appId })
  const map = await client.state.box.getMap('ratings')
  const list = [...map].map(([address, value]) => {
    const { stars, votes } = value as { stars: bigint; votes: bigint }
    return { address: `${address}`, stars, votes }
  })
  return list.sort((a, b) => Number(a.votes - b.votes) || (a.address < b.address ? -1 : 1))
}
