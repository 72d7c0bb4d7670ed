// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Person = { address: string; mnemonic: string }

async function person(algorand: AlgorandClient, algos = 10): Promise<Person> {
  const { addr, sk } = algosdk.generateAccount()
  const { addr: sender } = await algorand.account.localNetDispenser()
  if (algos > 0) await algorand.send.payment({ sender, receiver: addr, amount: algo(algos) })
  return { address: addr.toString(), mnemonic: algosdk.secretKeyToMnemonic(sk) }
}

type Given = { sender: Person; receiver: string; now: bigint }
type Observed = { later: Uint8Array; single: Uint8Array; open: Uint8Array; refused: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [sender, receiver] = [await person(algorand, 5), (await person(algorand, 1)).address]
  return { sender, receiver, now: (await algorand.client.algod.status().do()).lastRound }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.sender.mnemonic)
  const prepare = (from: bigint, rounds: bigint) =>
    answer.prepareDeferred(algorand, given.sender.address, given.receiver, 123_456n, from, rounds)
  const refused = []
  for (const rounds of [-1n, 1001n]) refused.push(await prepare(given.now, rounds).then(() => 'accepted', (error: Error) => error.name))
  const [later, single] = [await prepare(given.now + 5000n, 1000n), await prepare(given.now + 7000n, 0n)]
  return { refused, later, single, open: await prepare(given.now + 1n, 500n) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.refused, ['RangeError', 'RangeError'])
  const { txn } = algosdk.decodeSignedTransaction(observed.later)
  assert.equal(txn.firstValid, given.now + 5000n)
  assert.equal(txn.lastValid, given.now + 6000n)
  const { firstValid, lastValid } = algosdk.decodeSignedTransaction(observed.single).txn
  assert.deepEqual([firstValid, lastValid], [given.now + 7000n, given.now + 7000n])
  assert.equal((await algorand.account.getInformation(given.receiver)).balance.microAlgos, 1_000_000n)
  await assert.rejects(algorand.client.algod.sendRawTransaction(observed.later).do(), /not in|round|valid/i)
  await algorand.client.algod.sendRawTransaction(observed.open).do()
  assert.equal((await algorand.account.getInformation(given.receiver)).balance.microAlgos, 1_123_456n)
}
