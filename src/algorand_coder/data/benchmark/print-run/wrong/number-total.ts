// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: a total is a bigint
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function publish(
  algorand: AlgorandClient,
  artist: string,
  title: string,
  url: string,
  copies: number,
): Promise<bigint[]> {
  if (!Number.isInteger(copies) || copies < 1 || copies > 16) throw new RangeError('1 to 16 copies')
  const longest = `${title} ${copies}/${copies}`
  if (Buffer.byteLength(longest, 'utf8') > 32) throw new RangeError(`the name ${longest} is too long`)
  const group = algorand.newGroup()
  for (let n = 1; n <= copies; n++) {
    group.addAssetCreate({
      sender: artist,
      manager: artist,
      total: 1,
      decimals: 0,
      assetName: `${title} ${n}/${copies}`,
      unitName: `PRINT${n}`,
      url: `${url}/${n}.json`,
    })
  }
  const { confirmations } = await group.send()
  return confirmations.map(({ assetIndex }) => assetIndex!)
}
