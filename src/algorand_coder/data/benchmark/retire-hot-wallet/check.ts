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

type Given = { wallet: Person; vault: string }
type Observed = { closed: bigint; rounds: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { wallet: await person(algorand, 7), vault: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.wallet.mnemonic)
  const round = async () => (await algorand.client.algod.status().do()).lastRound
  const before = await round()
  const closed = await answer.retireWallet(algorand, given.wallet.address, given.vault)
  return { closed, rounds: (await round()) - before }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed, { closed: 6_999_000n, rounds: 1n })
  assert.equal((await algorand.account.getInformation(given.wallet.address)).balance.microAlgos, 0n)
  assert.equal((await algorand.account.getInformation(given.vault)).balance.microAlgos, 7_999_000n)
}
