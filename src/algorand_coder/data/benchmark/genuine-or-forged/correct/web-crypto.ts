// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { bytesToHex } from 'algosdk'

export type Verdict = 'genuine' | 'forged' | 'unprotected' | 'mutable'

export async function authenticity(algorand: AlgorandClient, assetId: bigint, file: Uint8Array): Promise<Verdict> {
  const { params } = await algorand.client.algod.getAssetByID(assetId).do()
  if (params?.metadataHash === undefined || params.metadataHash.length === 0) return 'unprotected'
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(file)))
  const fits = bytesToHex(digest) === bytesToHex(params.metadataHash)
  if (!fits) return 'forged'
  return params.manager === undefined ? 'genuine' : 'mutable'
}
