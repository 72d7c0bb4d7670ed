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

type Given = { account: Person; next: Person; shop: string }
type Observed = { signer: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { account: await person(algorand), next: await person(algorand, 0), shop: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.account.mnemonic)
  const next = algorand.account.fromMnemonic(given.next.mnemonic)
  const signer = (await answer.rotateKey(algorand, given.account.address, next)) ?? 'nobody'
  await algorand.send.payment({ sender: given.account.address, receiver: given.shop, amount: microAlgo(777) })
  return { signer }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.equal(observed.signer, given.next.address)
  assert.equal((await algorand.account.getInformation(given.account.address)).authAddr?.toString(), given.next.address)
  assert.equal((await algorand.account.getInformation(given.shop)).balance.microAlgos, 1_000_777n)
  assert.equal((await algorand.account.getInformation(given.account.address)).balance.microAlgos, 10_000_000n - 777n - 2000n)
}
