// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, AlgorandClient } from '@algorandfoundation/algokit-utils'
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

type Given = { assets: bigint[] }
type Observed = { amounts: (bigint | undefined)[]; offline: boolean }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [maker, vault] = [await person(algorand), await person(algorand)]
  for (const { mnemonic } of [maker, vault]) algorand.account.fromMnemonic(mnemonic)
  const assets: bigint[] = []
  for (const reserve of [vault.address, undefined, vault.address, maker.address]) {
    assets.push((await algorand.send.assetCreate({ sender: maker.address, total: 5000n, reserve })).assetId)
  }
  await algorand.send.assetOptIn({ sender: vault.address, assetId: assets[0] })
  await algorand.send.assetTransfer({ sender: maker.address, receiver: vault.address, assetId: assets[0], amount: 1200n })
  return { assets }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const amounts: (bigint | undefined)[] = []
  for (const assetId of given.assets) amounts.push((await answer.circulating(algorand, assetId)) ?? -1n)
  amounts.push((await answer.circulating(algorand, 987_654_321n)) ?? -1n)
  const broken = AlgorandClient.fromConfig({ algodConfig: { server: 'http://127.0.0.1', port: 9 } })
  return { amounts, offline: await answer.circulating(broken, given.assets[0]).then(() => false, () => true) }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.amounts, [3800n, 5000n, 5000n, 0n, -1n])
  assert.ok(observed.offline)
}
