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

type Given = { wallets: Person[]; empty: string; target: string; many: Person[] }
type Observed = { total: bigint; sixteen: bigint; again: bigint; refused: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const wallets = [await person(algorand, 0.15), await person(algorand, 1), await person(algorand, 0.2)]
  const { addr } = await algorand.account.localNetDispenser()
  const many = Array.from({ length: 17 }, () => algosdk.generateAccount())
  for (const part of [many.slice(0, 16), many.slice(16)]) {
    const group = algorand.newGroup()
    for (const { addr: receiver } of part) group.addPayment({ sender: addr, receiver, amount: microAlgo(150_000) })
    await group.send()
  }
  const people = many.map(({ addr: a, sk }) => ({ address: a.toString(), mnemonic: algosdk.secretKeyToMnemonic(sk) }))
  return { wallets, many: people, empty: (await person(algorand, 0)).address, target: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [...given.wallets, ...given.many]) algorand.account.fromMnemonic(mnemonic)
  const names = given.wallets.map(({ address }) => address)
  const list = [names[0], given.empty, names[1], given.target, names[2]]
  const many = given.many.map(({ address }) => address)
  const refused = await answer.sweep(algorand, many, given.target).then(() => 'accepted', (e: Error) => e.name)
  const total = await answer.sweep(algorand, list, given.target)
  return { refused, total, sixteen: await answer.sweep(algorand, many.slice(1), given.target), again: await answer.sweep(algorand, list, given.target) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed, { refused: 'RangeError', total: 1_347_000n, sixteen: 16n * 149_000n, again: 0n })
  assert.equal((await algorand.account.getInformation(given.target)).balance.microAlgos, 2_347_000n + 16n * 149_000n)
  for (const { address } of given.wallets) assert.equal((await algorand.account.getInformation(address)).balance.microAlgos, 0n)
}
