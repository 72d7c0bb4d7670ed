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

type Given = { owner: string; stranger: string; assets: bigint[] }
type Observed = { labels: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [owner, stranger] = [await person(algorand), await person(algorand, 1)]
  algorand.account.fromMnemonic(owner.mnemonic)
  const assets: bigint[] = []
  for (const [total, decimals, unitName] of [[1250n, 2, 'BEAN'], [7n, 0, 'KEY'], [3n, 4, ''], [18_446_744_073_709_551_615n, 6, 'MAX']] as const) {
    assets.push((await algorand.send.assetCreate({ sender: owner.address, total, decimals, unitName })).assetId)
  }
  return { owner: owner.address, stranger: stranger.address, assets }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const labels = []
  for (const assetId of given.assets) labels.push(await answer.label(algorand, given.owner, assetId))
  return { labels: [...labels, await answer.label(algorand, given.stranger, given.assets[0])] }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.labels, ['12.50 BEAN', '7 KEY', '0.0003', '18446744073709.551615 MAX', 'not opted in'])
}
