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

type Given = { organiser: Person }
type Observed = { assetId: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { organiser: await person(algorand) }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.organiser.mnemonic)
  return { assetId: await answer.issueTokens(algorand, given.organiser.address, 90_000_000_000_000_001n) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  const { address } = given.organiser
  const info = await algorand.asset.getById(observed.assetId)
  assert.deepEqual([info.assetName, info.unitName, info.decimals, info.total], ['Festival Token', 'FEST', 2, 9_000_000_000_000_000_100n])
  assert.equal(info.url, 'https://festival.example/tokens')
  assert.deepEqual([info.manager, info.reserve, info.freeze, info.clawback], Array(4).fill(address))
  assert.equal(info.creator, address)
}
