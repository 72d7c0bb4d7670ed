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

type Given = { buyer: Person; sellers: string[]; fund: string }
type Observed = { total: bigint; eight: bigint; double: bigint; bare: bigint; round: bigint; refused: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const sellers = [(await person(algorand, 1)).address, (await person(algorand, 1)).address]
  return { buyer: await person(algorand), sellers, fund: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.buyer.mnemonic)
  const [one, two] = given.sellers
  const cart = [{ sku: 'B-1', seller: one, price: 100_001n }, { sku: 'C-9', seller: two, price: 250_000n }]
  const buy = (items: Answer.Item[], percent: bigint) => answer.buyAll(algorand, given.buyer.address, items, given.fund, percent)
  const refused = []
  for (const [items, percent] of [[[], 1n], [Array(9).fill(cart[0]), 1n], [cart, -1n], [cart, 101n]] as [Answer.Item[], bigint][]) {
    refused.push(await buy(items, percent).then(() => 'accepted', (error: Error) => error.name))
  }
  const eight = await buy(Array.from({ length: 8 }, (_, i) => ({ sku: `S${i}`, seller: one, price: 1000n })), 50n)
  const double = await buy(cart.slice(0, 1), 100n)
  const bare = await buy(cart, 0n)
  const total = await buy(cart, 7n)
  return { refused, eight, double, bare, total, round: (await algorand.client.algod.status().do()).lastRound }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.refused, Array(4).fill('RangeError'))
  assert.deepEqual([observed.eight, observed.double, observed.bare, observed.total], [12_000n, 200_002n, 350_001n, 350_001n + 7001n + 17_500n])
  const notes = async (round: bigint) =>
    (await algorand.client.algod.block(round).do()).block.payset.map(({ signedTxn }) => {
      const { note, payment } = signedTxn.signedTxn.txn
      return [Buffer.from(note).toString(), payment?.amount ?? 0n, payment?.receiver.toString()]
    })
  const [one, two] = given.sellers
  assert.deepEqual(await notes(observed.round), [
    ['B-1', 100_001n, one], ['offset:B-1', 7001n, given.fund], ['C-9', 250_000n, two], ['offset:C-9', 17_500n, given.fund],
  ])
  assert.deepEqual((await notes(observed.round - 1n)).map(([note]) => note), ['B-1', 'C-9'])
}
