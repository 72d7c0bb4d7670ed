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

type Given = { account: Person; service: Person; stranger: Person; shop: string }
type Observed = { results: string[]; paid: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [account, service, stranger] = [await person(algorand), await person(algorand, 1), await person(algorand, 1)]
  algorand.account.fromMnemonic(account.mnemonic)
  await algorand.account.rekeyAccount(account.address, service.address)
  return { account, service, stranger, shop: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const keys = [given.account, given.service, given.stranger].map(({ mnemonic }) => algorand.account.fromMnemonic(mnemonic))
  const [owner, service, stranger] = keys
  const run = (by: typeof service) => answer.takeBack(algorand, given.account.address, by, owner).then(String, (error: Error) => error.message)
  const results = [await run(stranger), await run(service), await run(service)]
  const { txIds } = await algorand.send.payment({ sender: given.account.address, receiver: given.shop, amount: microAlgo(9000) })
  return { results, paid: txIds[0] }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.results, [`held by ${given.service.address}`, 'true', 'false'])
  const { authAddr } = await algorand.account.getInformation(given.account.address)
  assert.ok(authAddr === undefined || authAddr.toString() === given.account.address)
  assert.equal((await algorand.account.getInformation(given.shop)).balance.microAlgos, 1_009_000n)
}
