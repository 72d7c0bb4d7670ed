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

type Given = { customer: Person; shop: string }
type Observed = { bytes: Uint8Array; id: string; rounds: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { customer: await person(algorand), shop: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const round = async () => (await algorand.client.algod.status().do()).lastRound
  const before = await round()
  // As if the network were busy: what does not ask for its fee pays for its size.
  algorand.setSuggestedParamsCache({ ...(await algorand.getSuggestedParams()), fee: 10n }, new Date(Date.now() + 3_600_000))
  const { bytes, id } = await answer.preparePayment(algorand, given.customer.address, given.shop, 345_678n)
  return { bytes, id, rounds: (await round()) - before }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.equal(observed.rounds, 0n)
  const transaction = algosdk.decodeUnsignedTransaction(observed.bytes)
  assert.deepEqual([transaction.fee, transaction.payment?.amount], [1000n, 345_678n])
  assert.equal(transaction.txID(), observed.id)
  const { sk } = algosdk.mnemonicToSecretKey(given.customer.mnemonic)
  await algorand.client.algod.sendRawTransaction(transaction.signTxn(sk)).do()
  assert.equal((await algorand.account.getInformation(given.shop)).balance.microAlgos, 1_345_678n)
}
