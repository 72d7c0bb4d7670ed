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

type Given = { rich: Person; poor: Person; savings: string; before: bigint }
type Observed = { moved: bigint; again: bigint; nothing: bigint }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const rich = await person(algorand, 3)
  algorand.account.fromMnemonic(rich.mnemonic)
  await algorand.send.assetCreate({ sender: rich.address, total: 1n })
  const savings = (await person(algorand, 1)).address
  return { rich, poor: await person(algorand, 0.1), savings, before: (await algorand.account.getInformation(savings)).balance.microAlgos }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [given.rich, given.poor]) algorand.account.fromMnemonic(mnemonic)
  const moved = await answer.saveAll(algorand, given.rich.address, given.savings)
  const again = await answer.saveAll(algorand, given.rich.address, given.savings)
  return { moved, again, nothing: await answer.saveAll(algorand, given.poor.address, given.savings) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed, { moved: 3_000_000n - 1000n - 200_000n - 1000n, again: 0n, nothing: 0n })
  const left = await algorand.account.getInformation(given.rich.address)
  assert.equal(left.balance.microAlgos, left.minBalance.microAlgos)
  const { balance } = await algorand.account.getInformation(given.savings)
  assert.equal(balance.microAlgos - given.before, observed.moved)
}
