// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
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

type Given = { garden: Person; helper: string; token: bigint }
type Observed = { round: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [garden, helper] = [await person(algorand), await person(algorand)]
  for (const { mnemonic } of [garden, helper]) algorand.account.fromMnemonic(mnemonic)
  const { assetId } = await algorand.send.assetCreate({ sender: garden.address, total: 1000n })
  await algorand.send.assetOptIn({ sender: helper.address, assetId })
  return { garden, helper: helper.address, token: assetId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.garden.mnemonic)
  const round = (await answer.giveShare(algorand, given.garden.address, given.helper, given.token, 42n)) ?? 0n
  await algorand.send.payment({ sender: given.garden.address, receiver: given.garden.address, amount: microAlgo(0) })
  return { round }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.equal((await algorand.asset.getAccountInformation(given.helper, given.token)).balance, 42n)
  const { block } = await algorand.client.algod.block(observed.round).do()
  const { assetTransfer } = block.payset[0].signedTxn.signedTxn.txn
  assert.deepEqual([assetTransfer?.assetIndex, assetTransfer?.amount], [given.token, 42n])
}
