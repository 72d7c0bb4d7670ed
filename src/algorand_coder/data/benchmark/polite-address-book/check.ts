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

type Given = { payer: Person; friend: string }
type Observed = { id: string; errors: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { payer: await person(algorand), friend: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.payer.mnemonic)
  const forged = `${given.friend.slice(0, 10)}${given.friend[10] === 'A' ? 'B' : 'A'}${given.friend.slice(11)}`
  const book = { ' Anna Bell': given.friend, forger: forged, short: 'ABC' }
  const pay = (name: string, micro: bigint) => answer.payContact(algorand, given.payer.address, book, name, micro)
  const errors: string[] = []
  for (const [name, micro] of [['Anne', 0n], ['FORGER', 0n], ['short', 5n], ['anna bell', 0n], ['anna bell', -1n], ['anna bell', 1n]] as const) {
    errors.push(await pay(name, micro).then(() => 'accepted', (error: Error) => `${error.name}: ${error.message}`))
  }
  return { errors, id: await pay('ANNA BELL ', 1234n) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.errors, [
    'TypeError: unknown contact Anne', 'TypeError: bad address for FORGER', 'TypeError: bad address for short',
    'RangeError: bad amount', 'RangeError: bad amount', 'accepted',
  ])
  const { txn } = (await algorand.client.algod.pendingTransactionInformation(observed.id).do()).txn
  assert.deepEqual([txn.payment?.receiver.toString(), txn.payment?.amount], [given.friend, 1234n])
  assert.equal((await algorand.account.getInformation(given.friend)).balance.microAlgos, 1_001_235n)
}
