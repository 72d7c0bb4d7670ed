// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
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

type Given = { file: Uint8Array; assets: bigint[] }
type Observed = { verdicts: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const owner = await person(algorand)
  algorand.account.fromMnemonic(owner.mnemonic)
  const sender = owner.address
  const file = new TextEncoder().encode('{"name": "Dune", "decimals": 0}\n')
  const metadataHash = new Uint8Array(createHash('sha256').update(file).digest())
  const other = new Uint8Array(32).fill(7, 1)
  const assets: bigint[] = []
  for (const extra of [{ metadataHash }, { metadataHash, manager: sender }, { metadataHash: other, manager: sender }, { manager: sender }]) {
    assets.push((await algorand.send.assetCreate({ sender, total: 1n, ...extra })).assetId)
  }
  return { file, assets }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const verdicts: string[] = []
  for (const assetId of given.assets) verdicts.push(await answer.authenticity(algorand, assetId, given.file))
  return { verdicts: [...verdicts, await answer.authenticity(algorand, given.assets[0], given.file.slice(0, -1))] }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.verdicts, ['genuine', 'mutable', 'forged', 'unprotected', 'forged'])
}
