// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

const PREFIX = 's'.charCodeAt(0)

export async function shelves(algorand: AlgorandClient, appId: bigint): Promise<bigint[]> {
  const names = await algorand.app.getBoxNames(appId)
  return names
    .map(({ nameRaw }) => nameRaw)
    .filter((name) => name.length === 9 && name[0] === PREFIX)
    .sort((a, b) => Buffer.compare(a, b))
    .map((name) => new DataView(name.buffer, name.byteOffset).getBigUint64(1))
}
