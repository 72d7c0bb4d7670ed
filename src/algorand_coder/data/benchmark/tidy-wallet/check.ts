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

type Given = { user: Person; creator: string; assets: bigint[] }
type Observed = { freed: bigint[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [creator, user] = [await person(algorand), await person(algorand)]
  for (const { mnemonic } of [creator, user]) algorand.account.fromMnemonic(mnemonic)
  const assets: bigint[] = []
  for (let i = 0; i < 2; i++) {
    const { assetId } = await algorand.send.assetCreate({ sender: creator.address, total: 100n, unitName: `U${i}` })
    await algorand.send.assetOptIn({ sender: user.address, assetId })
    assets.push(assetId)
  }
  await algorand.send.assetTransfer({ sender: creator.address, receiver: user.address, assetId: assets[0], amount: 9n })
  return { user, creator: creator.address, assets }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.user.mnemonic)
  const freed = []
  for (const assetId of given.assets) freed.push(await answer.discardAsset(algorand, given.user.address, assetId))
  return { freed }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.freed, [100_000n, 100_000n])
  const { assets, minBalance } = await algorand.account.getInformation(given.user.address)
  assert.deepEqual([assets?.length ?? 0, minBalance.microAlgos], [0, 100_000n])
  assert.equal((await algorand.asset.getAccountInformation(given.creator, given.assets[0])).balance, 100n)
}
