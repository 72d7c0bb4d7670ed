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

type Given = { payer: Person; shop: string }
type Observed = { ids: string[]; refused: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { payer: await person(algorand), shop: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.payer.mnemonic)
  const { shop } = given
  const pay = (link: string) => answer.payLink(algorand, given.payer.address, link)
  const refused = []
  for (const link of [
    `bitcoin://${shop}?amount=5`, `algorand://${shop.slice(1)}?amount=5`, `algorand://${shop}`, `algorand://${shop}?amount=1.5`,
    `algorand://${shop}?amount=5&asset=7`, `algorand://${shop}?amount=-5`, `algorand://${shop}?note=5`,
  ]) refused.push(await pay(link).then(() => `accepted ${link}`, (error: Error) => error.name))
  const query = ['amount=150500&note=two%20caf%C3%A9%26more', 'note=a&amount=7&xnote=order%2012', 'label=Shop&amount=9']
  const ids = []
  for (const part of query) ids.push(await pay(`algorand://${shop}?${part}`))
  return { refused, ids }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.refused, Array(7).fill('SyntaxError'))
  const sent = []
  for (const id of observed.ids) {
    const { txn } = (await algorand.client.algod.pendingTransactionInformation(id).do()).txn
    sent.push([txn.payment?.receiver.toString(), txn.payment?.amount, Buffer.from(txn.note).toString()])
  }
  assert.deepEqual(sent, [[given.shop, 150_500n, 'two café&more'], [given.shop, 7n, 'order 12'], [given.shop, 9n, '']])
  assert.equal((await algorand.account.getInformation(given.payer.address)).balance.microAlgos, 10_000_000n - 153_516n)
}
