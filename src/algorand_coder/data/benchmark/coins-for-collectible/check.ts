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

type Given = { buyer: Person; poor: Person; seller: Person; assetId: bigint }
type Observed = { round: bigint; again: bigint; failed: boolean }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [buyer, poor, seller] = [await person(algorand), await person(algorand, 0.5), await person(algorand)]
  algorand.account.fromMnemonic(seller.mnemonic)
  const { assetId } = await algorand.send.assetCreate({ sender: seller.address, total: 2n })
  return { buyer, poor, seller, assetId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.setSuggestedParamsCacheTimeout(0)
  for (const { mnemonic } of [given.buyer, given.poor, given.seller]) algorand.account.fromMnemonic(mnemonic)
  const trade = (who: Person, micro: bigint) => answer.trade(algorand, who.address, given.seller.address, given.assetId, micro)
  const failed = await trade(given.poor, 400_000n).then(() => false, () => true)
  return { failed, round: await trade(given.buyer, 3_000_000n), again: await trade(given.buyer, 1_000_000n) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.ok(observed.failed)
  const poor = await algorand.account.getInformation(given.poor.address)
  assert.deepEqual([poor.balance.microAlgos, poor.assets?.length ?? 0], [500_000n, 0])
  assert.equal((await algorand.asset.getAccountInformation(given.buyer.address, given.assetId)).balance, 2n)
  assert.equal((await algorand.account.getInformation(given.seller.address)).balance.microAlgos, 14_000_000n - 3000n)
  for (const [round, size] of [[observed.round, 3], [observed.again, 2]] as const) {
    const { block } = await algorand.client.algod.block(round).do()
    assert.equal(block.payset.length, size)
    assert.ok(block.payset.every(({ signedTxn }) => signedTxn.signedTxn.txn.group !== undefined))
  }
}
