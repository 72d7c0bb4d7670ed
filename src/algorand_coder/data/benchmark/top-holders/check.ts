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

type Given = { assetId: bigint; accounts: string[]; stranger: string; maker: string }
type Observed = { voters: Answer.Holder[]; all: Answer.Holder[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const maker = await person(algorand)
  algorand.account.fromMnemonic(maker.mnemonic)
  const { assetId } = await algorand.send.assetCreate({ sender: maker.address, total: 10_000n })
  const accounts = []
  for (const amount of [9n, 100n, 100n, 0n, 25n]) {
    const someone = await person(algorand, 1)
    algorand.account.fromMnemonic(someone.mnemonic)
    await algorand.send.assetOptIn({ sender: someone.address, assetId })
    await algorand.send.assetTransfer({ sender: maker.address, receiver: someone.address, assetId, amount })
    accounts.push(someone.address)
  }
  return { assetId, accounts, stranger: (await person(algorand, 1)).address, maker: maker.address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const { accounts, stranger, assetId } = given
  const voters = await answer.ranking(algorand, assetId, [...accounts, accounts[1]], 9n)
  return { voters, all: await answer.ranking(algorand, assetId, [stranger, ...accounts, stranger], 0n) }
}

export async function verify(given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  const [nine, a, b, zero, middle] = given.accounts
  const [first, second] = [a, b].sort((x, y) => (x < y ? -1 : 1))
  const voters = [[first, 100n], [second, 100n], [middle, 25n], [nine, 9n]].map(([address, units]) => ({ address, units }))
  assert.deepEqual(observed.voters, voters)
  assert.deepEqual(observed.all, [...voters, { address: zero, units: 0n }])
}
