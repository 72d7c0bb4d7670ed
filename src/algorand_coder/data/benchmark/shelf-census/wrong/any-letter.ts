// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: other boxes of the same length are shelves too
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

const PREFIX = 's'.charCodeAt(0)

export async function shelves(algorand: AlgorandClient, appId: bigint): Promise<bigint[]> {
  const names = await algorand.app.getBoxNames(appId)
  return names
    .map(({ nameRaw }) => nameRaw)
    .filter((name) => name.length === 9)
    .map((name) => algosdk.decodeUint64(name.subarray(1), 'bigint'))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
