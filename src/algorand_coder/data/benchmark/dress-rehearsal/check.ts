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

type Given = { treasury: string; known: string; fresh: string }
type Observed = { plan: Answer.Rehearsal; message: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { treasury: (await person(algorand)).address, known: (await person(algorand, 1)).address, fresh: (await person(algorand, 0)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const { treasury, known, fresh } = given
  const pay = (...list: [string, string, bigint][]) =>
    answer.rehearse(algorand, treasury, list.map(([name, address, microAlgos]) => ({ name, address, microAlgos })))
  const message = await pay(['Ann', known, 9_999_000n], ['Bob', fresh, 100_000n]).then(() => 'accepted', (error: Error) => error.message)
  return { message, plan: await pay(['Ann', known, 250_000n], ['Bob', fresh, 100_000n], ['Self', treasury, 3n], ['Cy', known, 1n]) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual({ ...observed.plan }, { fees: 4000n, left: 10_000_000n - 350_001n - 4000n, newcomers: ['Bob'] })
  assert.match(observed.message, /^payout would fail: .*(overspend|below min)/s)
  assert.equal((await algorand.account.getInformation(given.treasury)).balance.microAlgos, 10_000_000n)
}
