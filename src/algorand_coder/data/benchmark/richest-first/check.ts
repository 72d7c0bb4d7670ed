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

type Given = { rich: Person; locked: Person; twin: Person; creditor: string }
type Observed = { payers: string[]; messages: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [rich, locked, twin] = [await person(algorand, 2), await person(algorand, 2.1), await person(algorand, 2)]
  algorand.account.fromMnemonic(locked.mnemonic)
  const group = algorand.newGroup()
  for (let i = 0; i < 3; i++) group.addAssetCreate({ sender: locked.address, total: 1n, unitName: `L${i}` })
  await group.send()
  return { rich, locked, twin, creditor: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.rich, given.locked, given.twin]) algorand.account.fromMnemonic(mnemonic)
  const [locked, rich, twin] = [given.locked, given.rich, given.twin].map(({ address }) => address)
  const pay = (accounts: string[], micro: bigint) => answer.payFromRichest(algorand, accounts, given.creditor, micro)
  const message = (accounts: string[], micro: bigint) => pay(accounts, micro).then(() => 'accepted', (error: Error) => error.message)
  const messages = [await message([], 5n), await message([locked, rich], 1_899_001n), await message([rich], 1_899_500n)]
  return { messages, payers: [await pay([locked, rich, twin], 400_000n), await pay([locked, rich, twin], 100_000n), await pay([rich, locked], 1_498_000n), await pay([twin], 1_798_000n)] }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.messages, ['nobody can pay 5', 'nobody can pay 1899001', 'nobody can pay 1899500'])
  assert.deepEqual(observed.payers, [given.rich.address, given.twin.address, given.locked.address, given.twin.address])
  assert.equal((await algorand.account.getInformation(given.creditor)).balance.microAlgos, 4_796_000n)
}
