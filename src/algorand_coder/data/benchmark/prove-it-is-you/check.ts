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

type Given = { one: Person; two: Person }
type Observed = { address: string; signature: Uint8Array; checks: boolean[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  return { one: await person(algorand, 0), two: await person(algorand, 0) }
}

export async function drive(answer: typeof Answer, given: Given): Promise<Observed> {
  const { address, signature } = answer.answerChallenge(given.one.mnemonic, 'shop.example', 'n-42')
  const { sk } = algosdk.mnemonicToSecretKey(given.two.mnemonic)
  const foreign = algosdk.signBytes(new TextEncoder().encode('login:shop.example:n-42'), sk)
  const ask = (who: string, site: string, nonce: string, bytes: Uint8Array) => answer.isGenuine(who, site, nonce, bytes)
  const checks = [
    ask(given.two.address, 'shop.example', 'n-42', foreign), ask(given.one.address, 'shop.example', 'n-42', foreign),
    ask(given.two.address, 'bank.example', 'n-42', foreign), ask(given.two.address, 'shop.example', 'n-43', foreign),
    ask('nobody', 'shop.example', 'n-42', foreign), ask(given.two.address, 'shop.example', 'n-42', foreign.slice(1)),
  ]
  return { address, signature, checks }
}

export async function verify(given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.equal(observed.address, given.one.address)
  assert.ok(algosdk.verifyBytes(new TextEncoder().encode('login:shop.example:n-42'), observed.signature, given.one.address))
  assert.deepEqual(observed.checks, [true, false, false, false, false, false])
}
