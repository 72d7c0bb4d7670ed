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

type Given = { payer: Person; supplier: string }
type Observed = { id: string; longest: string; refused: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { payer: await person(algorand), supplier: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.payer.mnemonic)
  const pay = (invoice: string, micro: bigint) => answer.payInvoice(algorand, given.payer.address, given.supplier, micro, invoice)
  const refused = await pay(`${'ü'.repeat(496)}x`, 5n).then(() => 'accepted', (error: Error) => error.name)
  return { refused, id: await pay('2031/Ä-7', 750_000n), longest: await pay('x'.repeat(992), 1n) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.equal(observed.refused, 'RangeError')
  const { txn } = (await algorand.client.algod.pendingTransactionInformation(observed.id).do()).txn
  assert.equal(Buffer.from(txn.note).toString(), 'invoice:2031/Ä-7')
  assert.deepEqual([txn.payment?.amount, txn.payment?.receiver.toString()], [750_000n, given.supplier])
  const long = (await algorand.client.algod.pendingTransactionInformation(observed.longest).do()).txn.txn
  assert.equal(long.note.length, 1000)
  assert.equal((await algorand.account.getInformation(given.supplier)).balance.microAlgos, 1_750_001n)
}
