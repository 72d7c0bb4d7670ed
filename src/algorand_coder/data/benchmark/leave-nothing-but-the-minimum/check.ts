// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Person = { address: string; mnemonic: string }

async function person(algorand: AlgorandClient, algos = 10): Promise<Person> {
  const { addr, sk } = algosdk.generateAccount()
  const { addr: sender } = await algorand.account.localNetDispenser()
  if (algos > 0) await algorand.send.payment({ sender, receiver: addr, amount: algo(algos) })
  return { address: addr.toString(), mnemonic: algosdk.secretKeyToMnemonic(sk) }
}

type Given = { rich: Person; poor: Person; tight: Person; single: Person; savings: string; before: bigint }
type Observed = { moved: bigint; again: bigint; nothing: bigint; tight: bigint; single: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const rich = await person(algorand, 3)
  algorand.account.fromMnemonic(rich.mnemonic)
  await algorand.send.assetCreate({ sender: rich.address, total: 1n })
  const savings = (await person(algorand, 1)).address
  const [poor, tight, single] = [await person(algorand, 0.1), await person(algorand, 0.101), await person(algorand, 0.101001)]
  return { rich, poor, tight, single, savings, before: (await algorand.account.getInformation(savings)).balance.microAlgos }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.rich, given.poor, given.tight, given.single]) algorand.account.fromMnemonic(mnemonic)
  const save = ({ address }: Person) => answer.saveAll(algorand, address, given.savings)
  const [moved, again] = [await save(given.rich), await save(given.rich)]
  return { moved, again, nothing: await save(given.poor), tight: await save(given.tight), single: await save(given.single) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed, { moved: 3_000_000n - 1000n - 200_000n - 1000n, again: 0n, nothing: 0n, tight: 0n, single: 1n })
  assert.equal((await algorand.account.getInformation(given.tight.address)).balance.microAlgos, 101_000n)
  const left = await algorand.account.getInformation(given.rich.address)
  assert.equal(left.balance.microAlgos, left.minBalance.microAlgos)
  const { balance } = await algorand.account.getInformation(given.savings)
  assert.equal(balance.microAlgos - given.before, observed.moved + 1n)
}
