// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Person = { address: string; mnemonic: string }

async function person(algorand: AlgorandClient, algos = 10): Promise<Person> {
  algorand.setSuggestedParamsCacheTimeout(0)
  const { addr, sk } = algosdk.generateAccount()
  const { addr: sender } = await algorand.account.localNetDispenser()
  if (algos > 0) await algorand.send.payment({ sender, receiver: addr, amount: algo(algos) })
  return { address: addr.toString(), mnemonic: algosdk.secretKeyToMnemonic(sk) }
}

type Given = { account: string; keys: { vote: string; selection: string; stateProof: string; firstRound: bigint; lastRound: bigint; dilution: bigint } }
type Observed = { full: Uint8Array; bare: Uint8Array; refused: string[]; round: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const key = (length: number, fill: number) => Buffer.alloc(length, fill).toString('base64')
  const keys = { vote: key(32, 1), selection: key(32, 2), stateProof: key(64, 3), firstRound: 10n, lastRound: 3_000_010n, dilution: 1733n }
  return { account: (await person(algorand)).address, keys }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const build = async (change: object) => answer.prepareOnline(algorand, given.account, { ...given.keys, ...change })
  const refused = []
  for (const change of [{ vote: 'AAAA' }, { selection: given.keys.stateProof }, { stateProof: given.keys.vote }]) {
    refused.push(await build(change).then(() => 'accepted', (error: Error) => error.name))
  }
  const encode = algosdk.encodeUnsignedTransaction
  const round = (await algorand.client.algod.status().do()).lastRound
  return { refused, round, full: encode(await build({})), bare: encode(await build({ stateProof: undefined })) }
}

export async function verify(given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.refused, ['RangeError', 'RangeError', 'RangeError'])
  const txn = algosdk.decodeUnsignedTransaction(observed.full)
  const { keyreg } = txn
  assert.equal(txn.sender.toString(), given.account)
  assert.equal(txn.fee, 2_000_000n)
  assert.equal(txn.lastValid - txn.firstValid, 500n)
  assert.deepEqual([keyreg?.voteFirst, keyreg?.voteLast, keyreg?.voteKeyDilution], [10n, 3_000_010n, 1733n])
  assert.deepEqual([keyreg?.voteKey, keyreg?.selectionKey, keyreg?.stateProofKey].map((key) => [key?.length, key?.[0]]), [[32, 1], [32, 2], [64, 3]])
  assert.equal(algosdk.decodeUnsignedTransaction(observed.bare).keyreg?.stateProofKey, undefined)
}
