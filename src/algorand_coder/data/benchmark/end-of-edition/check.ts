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

type Given = { creator: Person; manager: Person; holder: Person; assets: bigint[] }
type Observed = { messages: string[]; freed: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [creator, manager, holder] = [await person(algorand), await person(algorand), await person(algorand)]
  for (const { mnemonic } of [creator, manager, holder]) algorand.account.fromMnemonic(mnemonic)
  const assets: bigint[] = []
  for (const keeper of [manager.address, undefined]) {
    const { assetId } = await algorand.send.assetCreate({ sender: creator.address, total: 20n, manager: keeper })
    await algorand.send.assetOptIn({ sender: holder.address, assetId })
    await algorand.send.assetTransfer({ sender: creator.address, receiver: holder.address, assetId, amount: 7n })
    assets.push(assetId)
  }
  return { creator, manager, holder, assets }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.manager, given.holder]) algorand.account.fromMnemonic(mnemonic)
  const messages = []
  for (const assetId of given.assets) {
    messages.push(await answer.endEdition(algorand, assetId).then(() => 'accepted', (error: Error) => `${error.name}: ${error.message}`))
  }
  await algorand.send.assetTransfer({ sender: given.holder.address, receiver: given.creator.address, assetId: given.assets[0], amount: 7n })
  return { messages, freed: await answer.endEdition(algorand, given.assets[0]) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed, { messages: ['RangeError: 7 units are out', 'Error: nobody may destroy it'], freed: 100_000n })
  await assert.rejects(algorand.asset.getById(given.assets[0]))
  assert.equal((await algorand.account.getInformation(given.creator.address)).totalCreatedAssets, 1)
}
