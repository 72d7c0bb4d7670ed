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

type Given = { members: Person[]; vault: string; shop: string; encoded: Uint8Array }
type Observed = { final: Uint8Array; early: Uint8Array; counts: number[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const members = [await person(algorand, 0), await person(algorand, 0), await person(algorand, 0)]
  const vault = algosdk.multisigAddress({ version: 1, threshold: 2, addrs: members.map(({ address }) => address) }).toString()
  const { addr } = await algorand.account.localNetDispenser()
  await algorand.send.payment({ sender: addr, receiver: vault, amount: algo(3) })
  const shop = (await person(algorand, 1)).address
  const txn = await algorand.createTransaction.payment({ sender: vault, receiver: shop, amount: microAlgo(250_000) })
  return { members, vault, shop, encoded: algosdk.encodeUnsignedTransaction(txn) }
}

export async function drive(answer: typeof Answer, given: Given): Promise<Observed> {
  const names = given.members.map(({ address }) => address)
  const sign = (document: Uint8Array, index: number) => answer.sign(document, names, 2, given.members[index].mnemonic)
  const blank = answer.open(algosdk.decodeUnsignedTransaction(given.encoded), names, 2)
  const early = sign(blank, 2)
  const twice = sign(early, 2)
  const final = sign(twice, 0)
  const all = sign(final, 1)
  return { final, early, counts: [blank, early, twice, final, all].map((document) => answer.missing(document)) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.counts, [2, 1, 1, 0, 0])
  await assert.rejects(algorand.client.algod.sendRawTransaction(observed.early).do())
  await algorand.client.algod.sendRawTransaction(observed.final).do()
  assert.equal((await algorand.account.getInformation(given.shop)).balance.microAlgos, 1_250_000n)
}
