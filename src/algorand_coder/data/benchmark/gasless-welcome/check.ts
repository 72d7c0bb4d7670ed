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

type Given = { sponsor: Person; newcomer: Person; assetId: bigint; before: bigint }
type Observed = { balance: bigint; round: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [sponsor, newcomer] = [await person(algorand), await person(algorand, 0.1)]
  algorand.account.fromMnemonic(sponsor.mnemonic)
  const { assetId } = await algorand.send.assetCreate({ sender: sponsor.address, total: 100n })
  return { sponsor, newcomer, assetId, before: (await algorand.account.getInformation(sponsor.address)).balance.microAlgos }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.sponsor, given.newcomer]) algorand.account.fromMnemonic(mnemonic)
  const balance = await answer.welcome(algorand, given.sponsor.address, given.newcomer.address, given.assetId, 7n)
  return { balance, round: (await algorand.client.algod.status().do()).lastRound }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.equal(observed.balance, 7n)
  const newcomer = await algorand.account.getInformation(given.newcomer.address)
  assert.equal(newcomer.balance.microAlgos, 200_000n)
  assert.equal((await algorand.asset.getAccountInformation(given.newcomer.address, given.assetId)).balance, 7n)
  const { balance } = await algorand.account.getInformation(given.sponsor.address)
  assert.equal(given.before - balance.microAlgos, 103_000n)
  const { block } = await algorand.client.algod.block(observed.round).do()
  assert.deepEqual(block.payset.map(({ signedTxn }) => signedTxn.signedTxn.txn.fee ?? 0n), [3000n, 0n, 0n])
}
