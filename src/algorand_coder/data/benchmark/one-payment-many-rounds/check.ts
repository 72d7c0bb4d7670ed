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

type Given = { saver: Person; bank: string; now: bigint }
type Observed = { plan: Uint8Array[]; longest: number; refused: string[]; rounds: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [saver, bank] = [await person(algorand), (await person(algorand, 1)).address]
  return { saver, bank, now: (await algorand.client.algod.status().do()).lastRound }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.saver.mnemonic)
  const presign = (every: bigint, count: number) =>
    answer.presign(algorand, given.saver.address, given.bank, 50_000n, given.now + 1n, every, count)
  const refused = []
  for (const [every, count] of [[100n, 0], [100n, 25], [0n, 3], [1001n, 3]] as const) {
    refused.push(await presign(every, count).then(() => 'accepted', (error: Error) => error.name))
  }
  const plan = await presign(300n, 3)
  const longest = (await presign(1000n, 24)).length
  return { plan, longest, refused, rounds: (await algorand.client.algod.status().do()).lastRound - given.now }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.refused, Array(4).fill('RangeError'))
  assert.equal(observed.rounds, 0n)
  assert.equal(observed.longest, 24)
  const windows = observed.plan.map((bytes) => algosdk.decodeSignedTransaction(bytes).txn).map(({ firstValid, lastValid }) => [firstValid, lastValid])
  const start = given.now + 1n
  assert.deepEqual(windows, [[start, start + 299n], [start + 300n, start + 599n], [start + 600n, start + 899n]])
  assert.ok(observed.plan.every((bytes) => algosdk.decodeSignedTransaction(bytes).sig?.length === 64))
  await algorand.client.algod.sendRawTransaction(observed.plan[0]).do()
  await assert.rejects(algorand.client.algod.sendRawTransaction(observed.plan[1]).do())
  assert.equal((await algorand.account.getInformation(given.bank)).balance.microAlgos, 1_050_000n)
}
