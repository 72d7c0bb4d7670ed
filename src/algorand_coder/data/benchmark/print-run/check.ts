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

type Given = { artist: Person; poor: Person }
type Observed = { ids: bigint[]; refused: string[]; broke: boolean; ends: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { artist: await person(algorand), poor: await person(algorand, 0.35) }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.artist, given.poor]) algorand.account.fromMnemonic(mnemonic)
  const attempt = (title: string, copies: number, artist = given.artist.address) =>
    answer.publish(algorand, artist, title, 'https://art.example/run', copies).then(() => 'accepted', (error: Error) => error.name)
  const refused = [await attempt('A', 0), await attempt('A', 17), await attempt('Überschwängliche Grüße für', 3)]
  const broke = (await attempt('A', 3, given.poor.address)) !== 'accepted'
  const ends = [await attempt('B', 1), await attempt('C', 16)]
  return { refused, broke, ends, ids: await answer.publish(algorand, given.artist.address, 'Abendröte im Watt', 'https://art.example/run', 11) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.refused, ['RangeError', 'RangeError', 'RangeError'])
  assert.ok(observed.broke)
  assert.deepEqual(observed.ends, ['accepted', 'accepted'])
  assert.equal((await algorand.account.getInformation(given.poor.address)).totalCreatedAssets, 0)
  assert.equal((await algorand.account.getInformation(given.artist.address)).totalCreatedAssets, 28)
  assert.equal(observed.ids.length, 11)
  for (const n of [1, 10, 11]) {
    const { assetName, unitName, url, total, decimals, manager, reserve, freeze, clawback } = await algorand.asset.getById(observed.ids[n - 1])
    assert.deepEqual({ assetName, unitName, url, total, decimals }, {
      assetName: `Abendröte im Watt ${n}/11`, unitName: `PRINT${n}`, url: `https://art.example/run/${n}.json`, total: 1n, decimals: 0,
    })
    assert.deepEqual([manager, reserve, freeze, clawback], [given.artist.address, undefined, undefined, undefined])
  }
}
