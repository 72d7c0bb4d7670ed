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

type Given = { assets: bigint[] }
type Observed = { lists: string[][] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [maker, other] = [await person(algorand), await person(algorand, 1)]
  for (const { mnemonic } of [maker, other]) algorand.account.fromMnemonic(mnemonic)
  const sender = maker.address
  const assets: bigint[] = []
  const kinds = [{ freeze: sender, clawback: sender, manager: sender, defaultFrozen: true }, { reserve: sender }, { clawback: other.address }, { manager: sender }]
  for (const kind of kinds) assets.push((await algorand.send.assetCreate({ sender, total: 10n, ...kind })).assetId)
  for (const assetId of [assets[1], assets[2]]) {
    await algorand.send.assetOptIn({ sender: other.address, assetId })
    await algorand.send.assetTransfer({ sender, receiver: other.address, assetId, amount: 1n })
  }
  return { assets }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const lists = []
  for (const assetId of given.assets) lists.push(await answer.powers(algorand, assetId))
  return { lists }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.lists, [
    ['can be frozen', 'can be taken back', 'rules can change', 'starts frozen', 'creator holds everything'], [], ['can be taken back'],
    ['rules can change', 'creator holds everything'],
  ])
}
