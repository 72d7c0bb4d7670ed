// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: numbers are sorted as texts
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

const PREFIX = 's'.charCodeAt(0)

export async function shelves(algorand: AlgorandClient, appId: bigint): Promise<bigint[]> {
  const names = await algorand.app.getBoxNames(appId)
  return names
    .map(({ nameRaw }) => nameRaw)
    .filter((name) => name.length === 9 && name[0] === PREFIX)
    .map((name) => algosdk.decodeUint64(name.subarray(1), 'bigint'))
    .sort()
}
