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

type Given = { account: Person }
type Observed = { encoded: Uint8Array; rounds: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { account: await person(algorand) }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.account.mnemonic)
  const round = async () => (await algorand.client.algod.status().do()).lastRound
  const before = await round()
  const transaction = await answer.prepareGoOffline(algorand, given.account.address)
  return { encoded: algosdk.encodeUnsignedTransaction(transaction), rounds: (await round()) - before }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.equal(observed.rounds, 0n)
  const transaction = algosdk.decodeUnsignedTransaction(observed.encoded)
  assert.equal(transaction.type, 'keyreg')
  assert.equal(transaction.sender.toString(), given.account.address)
  assert.equal(transaction.lastValid - transaction.firstValid, 800n)
  assert.equal(transaction.keyreg?.voteKey, undefined)
  assert.ok(!transaction.keyreg?.nonParticipation)
  const { sk } = algosdk.mnemonicToSecretKey(given.account.mnemonic)
  await algorand.client.algod.sendRawTransaction(transaction.signTxn(sk)).do()
}
