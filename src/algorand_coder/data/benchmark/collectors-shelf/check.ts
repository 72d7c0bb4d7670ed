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

type Given = { collector: Person; poor: Person; few: Person[]; assets: bigint[] }
type Observed = { fresh: bigint[]; again: bigint[]; messages: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [maker, collector, poor] = [await person(algorand), await person(algorand), await person(algorand, 0.3)]
  for (const { mnemonic } of [maker, collector]) algorand.account.fromMnemonic(mnemonic)
  const assets: bigint[] = []
  for (let round = 0; round < 2; round++) {
    const group = algorand.newGroup()
    for (let i = 0; i < 10; i++) group.addAssetCreate({ sender: maker.address, total: 1n, unitName: `A${i}` })
    assets.push(...(await group.send()).confirmations.map(({ assetIndex }) => assetIndex!))
  }
  await algorand.send.assetOptIn({ sender: collector.address, assetId: assets[1] })
  // Short by a fee, short by one micro-Algo, and with just enough for one opt-in.
  const few = [await person(algorand, 0.2), await person(algorand, 0.200999), await person(algorand, 0.201)]
  return { collector, poor, few, assets }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.collector, given.poor, ...given.few]) algorand.account.fromMnemonic(mnemonic)
  const { assets, collector, poor } = given
  const message = (who: Person, ids: bigint[]) => answer.makeRoom(algorand, who.address, ids).then(() => 'accepted', (error: Error) => error.message)
  const messages = [await message(collector, [assets[0], 999_999_999n, 999_999_998n]), await message(poor, assets.slice(0, 2))]
  for (const one of given.few) messages.push(await message(one, [assets[0]]))
  const fresh = await answer.makeRoom(algorand, collector.address, [assets[2], assets[2], ...assets])
  return { messages, fresh, again: await answer.makeRoom(algorand, collector.address, assets.slice(0, 3)) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  const { assets } = given
  assert.deepEqual(observed.messages, [
    'no asset 999999999', 'short of 2000 micro-Algo', 'short of 1000 micro-Algo', 'short of 1 micro-Algo', 'accepted',
  ])
  assert.deepEqual(observed.fresh, [assets[2], assets[0], ...assets.slice(3)])
  assert.deepEqual(observed.again, [])
  const held = (await algorand.account.getInformation(given.collector.address)).assets?.map(({ assetId }) => assetId) ?? []
  assert.deepEqual([...held].sort(), [...assets].sort())
  assert.equal((await algorand.account.getInformation(given.poor.address)).assets?.length ?? 0, 0)
}
