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

type Given = { artist: Person; digests: Uint8Array[] }
type Observed = { assetId: bigint; first: string; reserve: string; refused: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const digests = ['first', 'second'].map((text) => new Uint8Array(createHash('sha256').update(text).digest()))
  return { artist: await person(algorand), digests }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.artist.mnemonic)
  const { address } = given.artist
  const assetId = await answer.issueMutable(algorand, address, 'Tide', 'TIDE', given.digests[0])
  const short = given.digests[0].slice(1)
  const name = (error: Error) => error.name
  const refused = [
    await answer.issueMutable(algorand, address, 'Ebb', 'EBB', short).then(() => 'accepted', name),
    await answer.repoint(algorand, address, assetId, short).then(() => 'accepted', name),
  ]
  const first = (await algorand.asset.getById(assetId)).reserve ?? ''
  return { assetId, first, refused, reserve: await answer.repoint(algorand, address, assetId, given.digests[1]) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.refused, ['RangeError', 'RangeError'])
  const info = await algorand.asset.getById(observed.assetId)
  assert.equal(info.url, 'template-ipfs://{ipfscid:1:raw:reserve:sha2-256}')
  assert.deepEqual([info.assetName, info.unitName, info.total, info.decimals], ['Tide', 'TIDE', 1n, 0])
  assert.deepEqual([info.manager, info.freeze, info.clawback], [given.artist.address, undefined, undefined])
  assert.equal(info.reserve, new algosdk.Address(given.digests[1]).toString())
  assert.equal(observed.reserve, info.reserve)
  assert.equal(observed.first, new algosdk.Address(given.digests[0]).toString())
}
