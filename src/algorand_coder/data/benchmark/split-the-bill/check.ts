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

type Given = { guest: Person; friends: string[] }
type Observed = { ids: string[]; refused: string[]; failed: boolean }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { guest: await person(algorand, 3), friends: [(await person(algorand, 1)).address, (await person(algorand, 1)).address] }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.guest.mnemonic)
  const [one, two] = given.friends
  const pay = (...shares: [string, bigint][]) =>
    answer.splitBill(algorand, given.guest.address, shares.map(([receiver, microAlgos]) => ({ receiver, microAlgos })))
  const refused = []
  for (const shares of [[], Array.from({ length: 17 }, (_, i): [string, bigint] => [one, BigInt(i)])]) {
    refused.push(await pay(...shares).then(() => 'accepted', (error: Error) => error.name))
  }
  const failed = await pay([one, 500_000n], [two, 50_000_000n]).then(() => false, () => true)
  await pay([one, 7n])
  await pay(...Array.from({ length: 16 }, (_, i): [string, bigint] => [one, BigInt(i)]))
  return { refused, failed, ids: await pay([two, 300_000n], [one, 200_000n], [two, 5n]) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.refused, ['RangeError', 'RangeError'])
  assert.ok(observed.failed)
  const amounts = []
  for (const id of observed.ids) amounts.push((await algorand.client.algod.pendingTransactionInformation(id).do()).txn.txn.payment?.amount)
  assert.deepEqual(amounts, [300_000n, 200_000n, 5n])
  const micro = async (address: string) => (await algorand.account.getInformation(address)).balance.microAlgos
  assert.deepEqual([await micro(given.friends[0]), await micro(given.friends[1])], [1_200_127n, 1_300_005n])
}
