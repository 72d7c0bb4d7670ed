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

type Given = { university: Person; hash: Uint8Array }
type Observed = { assetId: bigint; long: bigint; refused: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { university: await person(algorand), hash: new Uint8Array(32).map((_, i) => i + 1) }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.university.mnemonic)
  const { address } = given.university
  const issue = (name: string, hash = given.hash) => answer.issueDiploma(algorand, address, name, 'https://uni.example/d/17.json', hash)
  const refused = []
  for (const hash of [given.hash.slice(1), new Uint8Array(33), new Uint8Array(0)]) {
    refused.push(await issue('Ada', hash).then(() => 'accepted', (error: Error) => error.name))
  }
  return { refused, assetId: await issue('Ada Byron'), long: await issue('Maria Salomea Sklodowska-Curie') }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.refused, ['RangeError', 'RangeError', 'RangeError'])
  const info = await algorand.asset.getById(observed.assetId)
  assert.deepEqual([info.total, info.decimals, info.defaultFrozen ?? false], [1n, 0, false])
  assert.deepEqual([info.assetName, info.url], ['Diploma of Ada Byron', 'https://uni.example/d/17.json#arc3'])
  assert.deepEqual([info.manager, info.reserve, info.freeze, info.clawback].filter((role) => role && role !== given.university.address), [])
  assert.deepEqual([info.manager, info.freeze, info.clawback], [undefined, undefined, undefined])
  assert.deepEqual([...(info.metadataHash ?? [])], [...given.hash])
  assert.equal((await algorand.asset.getById(observed.long)).assetName, 'Diploma of Maria Salomea Sklodow')
}
