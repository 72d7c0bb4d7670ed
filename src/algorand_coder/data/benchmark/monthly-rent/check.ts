// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
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

type Given = { tenant: Person; landlord: string }
type Observed = { answers: string[]; failed: boolean; last: bigint }

const long = 'Rue du Faubourg-Saint-Antoine 117, left staircase, '

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { tenant: await person(algorand), landlord: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.tenant.mnemonic)
  algorand.setSuggestedParamsCacheTimeout(0)
  algorand.setDefaultValidityWindow(20)
  const pay = (flat: string, month: string, micro = 300_000n) =>
    answer.payRent(algorand, given.tenant.address, given.landlord, flat, month, micro)
  const answers = [
    await pay('A1', '2031-01'), await pay('A1', '2031-01'), await pay('A1', '2031-02'), await pay(`${long}1`, '2031-01'),
    await pay(`${long}2`, '2031-01'), await pay(`${long}2`, '2031-01', 5n),
  ]
  const failed = await pay('B', '2031-01', 100_000_000n).then(() => false, () => true)
  return { answers, failed, last: (await algorand.client.algod.status().do()).lastRound }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.answers, ['paid', 'already paid', 'paid', 'paid', 'paid', 'already paid'])
  assert.ok(observed.failed)
  assert.equal((await algorand.account.getInformation(given.landlord)).balance.microAlgos, 2_200_000n)
  const { block } = await algorand.client.algod.block(observed.last).do()
  const { txn } = block.payset[0].signedTxn.signedTxn
  assert.equal(Buffer.from(txn.lease ?? []).toString('hex'), createHash('sha256').update(`rent:${long}2:2031-01`).digest('hex'))
  assert.equal(txn.lastValid - txn.firstValid, 1000n)
}
