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

type Given = { treasury: Person; worker: string }
type Observed = { ids: string[]; failed: boolean; resent: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { treasury: await person(algorand), worker: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.treasury.mnemonic)
  algorand.setSuggestedParamsCacheTimeout(0)
  const pay = async (id: string, micro = 200_000n) => (await answer.payOnce(algorand, given.treasury.address, given.worker, micro, id)) ?? 'taken'
  // The lease of a payment that went through elsewhere blocks as well: nothing kept in memory can know of it.
  await algorand.send.payment({
    sender: given.treasury.address, receiver: given.worker, amount: microAlgo(1), lease: 'payout-elsewhere', validityWindow: 200,
  })
  const resent = [await pay('payout-elsewhere')]
  const failed = await pay('payout-3', 100_000_000n).then(() => false, () => true)
  return { resent, failed, ids: [await pay('payout-1'), await pay('payout-1'), await pay('payout-2'), await pay('payout-1')] }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  const [one, again, two, last] = observed.ids
  assert.deepEqual([again, last], ['taken', 'taken'])
  assert.deepEqual(observed.resent, ['taken'])
  assert.ok(observed.failed)
  for (const [id, lease] of [[one, 'payout-1'], [two, 'payout-2']]) {
    const { txn } = (await algorand.client.algod.pendingTransactionInformation(id).do()).txn
    assert.equal(Buffer.from(txn.lease ?? []).toString().replace(/\0+$/, ''), lease)
    assert.equal(txn.lastValid - txn.firstValid, 200n)
  }
  assert.equal((await algorand.account.getInformation(given.worker)).balance.microAlgos, 1_400_001n)
}
