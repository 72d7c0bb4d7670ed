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

type Given = { account: string; payer: string; ids: string[]; from: bigint; to: bigint }
type Observed = { lines: Answer.Line[]; none: Answer.Line[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [account, payer, third] = [await person(algorand), await person(algorand), await person(algorand)]
  for (const { mnemonic } of [account, payer, third]) algorand.account.fromMnemonic(mnemonic)
  const pay = async (from: Person, to: Person, micro: number, note: string) => {
    const { txIds, confirmation } = await algorand.send.payment({ sender: from.address, receiver: to.address, amount: microAlgo(micro), note })
    return { id: txIds[0], round: confirmation.confirmedRound! }
  }
  await pay(payer, account, 1, 'inv-A/0')
  const first = await pay(payer, account, 11, 'inv-A/1')
  await pay(payer, account, 12, 'inv-B/1')
  await pay(account, payer, 13, 'inv-A/back')
  await pay(account, account, 14, 'inv-A/self')
  await pay(third, payer, 15, 'inv-A/elsewhere')
  const two = { sender: payer.address, receiver: account.address }
  const together = await algorand
    .newGroup()
    .addPayment({ ...two, amount: microAlgo(18), note: 'inv-A/2' })
    .addPayment({ ...two, amount: microAlgo(19), note: 'inv-A/3' })
    .send()
  const second = await pay(payer, account, 16, 'inv-A/Größe')
  await pay(payer, account, 17, 'inv-A/late')
  return { account: account.address, payer: payer.address, ids: [first.id, ...together.txIds, second.id], from: first.round, to: second.round }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  // Pages of one transaction, so that an answer which reads the first page only is found out.
  const { indexer } = algorand.client
  const search = indexer.searchForTransactions.bind(indexer)
  indexer.searchForTransactions = () => search().limit(1)
  const none = await answer.incoming(algorand, given.account, 'inv-C', given.from, given.to)
  return { none, lines: await answer.incoming(algorand, given.account, 'inv-A/', given.from, given.to) }
}

export async function verify(given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  const [one, two, three, four] = given.ids
  assert.deepEqual(observed.none, [])
  assert.deepEqual(observed.lines.map((line) => ({ ...line })), [
    { id: one, payer: given.payer, microAlgos: 11n, rest: '1' }, { id: two, payer: given.payer, microAlgos: 18n, rest: '2' },
    { id: three, payer: given.payer, microAlgos: 19n, rest: '3' }, { id: four, payer: given.payer, microAlgos: 16n, rest: 'Größe' },
  ])
}
