// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: a file is bytes, no text
import { createHash } from 'node:crypto'
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export type Verdict = 'genuine' | 'forged' | 'unprotected' | 'mutable'

export async function authenticity(algorand: AlgorandClient, assetId: bigint, file: string): Promise<Verdict> {
  const { metadataHash, manager } = await algorand.asset.getById(assetId)
  if (!metadataHash?.some((byte) => byte !== 0)) return 'unprotected'
  const actual = createHash('sha256').update(file).digest()
  if (!actual.equals(metadataHash)) return 'forged'
  return manager ? 'mutable' : 'genuine'
}
