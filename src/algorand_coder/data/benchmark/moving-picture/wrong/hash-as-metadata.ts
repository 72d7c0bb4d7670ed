// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: puts the digest into the metadata hash, which can never change
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { Address } from 'algosdk'

const TEMPLATE = 'template-ipfs://{ipfscid:1:raw:reserve:sha2-256}'

function asAddress(digest: Uint8Array): Address {
  if (digest.length !== 32) throw new RangeError(`a SHA-256 digest has 32 bytes, not ${digest.length}`)
  return new Address(digest)
}

export async function issueMutable(
  algorand: AlgorandClient,
  artist: string,
  name: string,
  unit: string,
  digest: Uint8Array,
): Promise<bigint> {
  const reserve = asAddress(digest)
  const created = await algorand.send.assetCreate({
    sender: artist,
    assetName: name,
    unitName: unit,
    total: 1n,
    decimals: 0,
    url: TEMPLATE,
    manager: artist,
    reserve: artist,
    metadataHash: digest,
  })
  return created.assetId
}

export async function repoint(
  algorand: AlgorandClient,
  artist: string,
  assetId: bigint,
  digest: Uint8Array,
): Promise<string> {
  const reserve = asAddress(digest)
  await algorand.send.assetConfig({ sender: artist, assetId, manager: artist, reserve })
  return reserve.toString()
}
