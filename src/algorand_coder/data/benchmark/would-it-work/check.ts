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

type Given = { customer: string; shop: string }
type Observed = { yes: { ok: boolean }; no: { ok: boolean; reason?: string }; rounds: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { customer: (await person(algorand, 2)).address, shop: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const round = async () => (await algorand.client.algod.status().do()).lastRound
  const before = await round()
  const ask = (micro: bigint) => answer.wouldPaymentWork(algorand, given.customer, given.shop, micro)
  return { yes: await ask(1_000_000n), no: await ask(5_000_000n), rounds: (await round()) - before }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual({ ...observed.yes }, { ok: true })
  assert.equal(observed.no.ok, false)
  assert.match(observed.no.reason ?? '', /overspend/)
  assert.equal(observed.rounds, 0n)
  assert.equal((await algorand.account.getInformation(given.shop)).balance.microAlgos, 1_000_000n)
}
