// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: these are the names of the SDK's transaction makers, not of algokit-utils
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function issueDiploma(
  algorand: AlgorandClient, university: string, graduate: string, url: string, metadataHash: Uint8Array,
): Promise<bigint> {
  if (metadataHash.length !== 32) throw new RangeError('32 bytes')
  const { assetId } = await algorand.send.assetCreate({
    sender: university, total: 1n, decimals: 0, assetName: `Diploma of ${graduate}`, assetURL: `${url}#arc3`,
    assetMetadataHash: metadataHash,
  })
  return assetId
}
