// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: puts the vote key in place of the selection key
import { algo, AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { Transaction } from 'algosdk'

export type Keys = {
  vote: string
  selection: string
  stateProof?: string
  firstRound: bigint
  lastRound: bigint
  dilution: bigint
}

function bytes(text: string, length: number): Uint8Array {
  const decoded = new Uint8Array(Buffer.from(text, 'base64'))
  if (decoded.length !== length) throw new RangeError(`expected a key of ${length} bytes, got ${decoded.length}`)
  return decoded
}

export async function prepareOnline(algorand: AlgorandClient, account: string, keys: Keys): Promise<Transaction> {
  const proof = keys.stateProof === undefined ? {} : { stateProofKey: bytes(keys.stateProof, 64) }
  return algorand.createTransaction.onlineKeyRegistration({
    sender: account,
    voteKey: bytes(keys.selection, 32),
    selectionKey: bytes(keys.vote, 32),
    ...proof,
    voteFirst: keys.firstRound,
    voteLast: keys.lastRound,
    voteKeyDilution: keys.dilution,
    staticFee: algo(2),
    validityWindow: 500,
  })
}
