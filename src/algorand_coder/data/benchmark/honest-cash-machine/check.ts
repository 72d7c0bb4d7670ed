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

type Given = { account: Person; drained: Person; stranger: string; machine: string }
type Observed = { paid: Answer.Withdrawal; short: Answer.Withdrawal; edge: Answer.Withdrawal; last: Answer.Withdrawal[]; passed: boolean[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const account = await person(algorand, 2)
  algorand.account.fromMnemonic(account.mnemonic)
  await algorand.send.assetCreate({ sender: account.address, total: 1n })
  return { account, drained: await person(algorand, 0.1), stranger: (await person(algorand, 1)).address, machine: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.account, given.drained]) algorand.account.fromMnemonic(mnemonic)
  algorand.setSuggestedParamsCacheTimeout(0)
  const take = (micro: bigint, from = given.account.address, to = given.machine) => answer.withdraw(algorand, from, to, micro)
  const passed = []
  passed.push(await take(5n, given.stranger).then(() => false, () => true))
  passed.push(await take(5n, given.account.address, 'NOT-AN-ADDRESS').then(() => false, () => true))
  const [paid, short, edge] = [await take(500_000n), await take(9_000_000n), await take(1_297_500n)]
  await take(1_296_999n)
  return { passed, paid, short, edge, last: [await take(1n), await take(1n, given.drained.address)] }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.passed, [true, true])
  assert.equal(observed.paid.status, 'paid')
  const { txn } = (await algorand.client.algod.pendingTransactionInformation((observed.paid as { txId: string }).txId).do()).txn
  assert.equal(txn.payment?.amount, 500_000n)
  const available = 2_000_000n - 1000n - 501_000n - 200_000n
  assert.deepEqual({ ...observed.short }, { status: 'short', available })
  assert.deepEqual({ ...observed.edge }, { status: 'short', available })
  assert.deepEqual(observed.last.map((each) => ({ ...each })), [{ status: 'short', available: 1n }, { status: 'short', available: 0n }])
  assert.equal((await algorand.account.getInformation(given.machine)).balance.microAlgos, 1_500_000n + 1_296_999n)
}
