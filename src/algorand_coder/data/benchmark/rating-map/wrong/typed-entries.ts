// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the map's values are not typed by themselves
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export type Rating = { address: string; stars: bigint; votes: bigint }

export async function ratings(algorand: AlgorandClient, specification: string, appId: bigint): Promise<Rating[]> {
  const client = algorand.client.getAppClientById({ appSpec: specification, appId })
  const map = await client.state.box.getMap('ratings')
  const list = [...map].map(([address, value]) => {
    const { stars, votes } = value
    return { address: `${address}`, stars, votes }
  })
  return list.sort((a, b) => Number(b.votes - a.votes) || (a.address < b.address ? -1 : 1))
}
