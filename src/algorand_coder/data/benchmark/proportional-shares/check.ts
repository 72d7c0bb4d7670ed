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

type Given = { estate: Person; heirs: string[] }
type Observed = { splits: bigint[][]; refused: string[]; shares: bigint[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const heirs = []
  for (let i = 0; i < 4; i++) heirs.push((await person(algorand, 1)).address)
  return { estate: await person(algorand), heirs }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.estate.mnemonic)
  const { address } = given.estate
  const heirs = [1n, 0n, 1n, 1n].map((weight, i) => ({ address: given.heirs[i], weight }))
  const refused = []
  for (const [total, weights] of [[5n, []], [5n, [0n, 0n]], [5n, [2n, -1n]], [-1n, [1n]]] as [bigint, bigint[]][]) {
    try {
      answer.divide(total, weights)
      refused.push('accepted')
    } catch (error) {
      refused.push((error as Error).name)
    }
  }
  refused.push(await answer.distribute(algorand, address, [{ address: given.heirs[0], weight: 0n }], 5n).then(() => 'accepted', (e: Error) => e.name))
  return {
    refused, shares: await answer.distribute(algorand, address, heirs, 1_000_001n),
    splits: [answer.divide(10n, [1n, 1n, 1n]), answer.divide(100n, [1n, 3n, 3n]), answer.divide(9_007_199_254_740_993_001n, [1n, 1n]), answer.divide(0n, [5n, 2n])],
  }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.refused, Array(5).fill('RangeError'))
  assert.deepEqual(observed.splits, [[4n, 3n, 3n], [14n, 43n, 43n], [4_503_599_627_370_496_501n, 4_503_599_627_370_496_500n], [0n, 0n]])
  assert.deepEqual(observed.shares, [333_334n, 0n, 333_334n, 333_333n])
  const left = []
  for (const heir of given.heirs) left.push((await algorand.account.getInformation(heir)).balance.microAlgos - 1_000_000n)
  assert.deepEqual(left, observed.shares)
  assert.equal((await algorand.account.getInformation(given.estate.address)).balance.microAlgos, 10_000_000n - 1_000_001n - 3000n)
}
