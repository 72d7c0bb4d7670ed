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

type Given = { sender: Person }
type Observed = { id: string; read: (Answer.Entry | string)[]; refused: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { sender: await person(algorand) }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.sender.mnemonic)
  const { address } = given.sender
  const refused = await answer.record(algorand, address, { text: `${'ü'.repeat(490)}x` }).then(() => 'accepted', (error: Error) => error.name)
  const bytes = (text: string) => new TextEncoder().encode(text)
  const read = [
    bytes('freight:j{"box":7,"dry":true}'), bytes('other:j{"box":7}'), bytes('freight:b{"box":7}'), bytes('freight:jnot json'),
    bytes('freight:j[1]'), bytes('freight:jnull'), new Uint8Array([...bytes('freight:j{"a":"'), 0xff, 0x22, 0x7d]), bytes(''), bytes('freight:j5'),
  ].map((note) => answer.entryOf(note) ?? 'nothing')
  await answer.record(algorand, address, { text: 'ü'.repeat(490) })
  return { refused, read, id: await answer.record(algorand, address, { port: 'Åbo', crates: 12 }) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.equal(observed.refused, 'RangeError')
  assert.deepEqual(observed.read, [{ box: 7, dry: true }, ...Array(8).fill('nothing')])
  const { txn } = (await algorand.client.algod.pendingTransactionInformation(observed.id).do()).txn
  assert.deepEqual([txn.sender.toString(), txn.payment?.receiver.toString(), txn.payment?.amount], [given.sender.address, given.sender.address, 0n])
  const note = Buffer.from(txn.note).toString()
  assert.ok(note.startsWith('freight:j'))
  assert.deepEqual(JSON.parse(note.slice(9)), { port: 'Åbo', crates: 12 })
}
