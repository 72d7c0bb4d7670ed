// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function issueDiploma(
  algorand: AlgorandClient,
  university: string,
  graduate: string,
  url: string,
  metadataHash: Uint8Array,
): Promise<bigint> {
  if (metadataHash.length !== 32) throw new RangeError(`a metadata hash has 32 bytes, got ${metadataHash.length}`)
  const { assetId } = await algorand.send.assetCreate({
    sender: university,
    total: 1n,
    decimals: 0,
    assetName: `Diploma of ${graduate}`.slice(0, 32),
    unitName: 'DIPLOMA',
    url: `${url}#arc3`,
    metadataHash,
    defaultFrozen: false,
  })
  return assetId
}
