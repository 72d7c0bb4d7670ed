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

type Given = { treasury: Person; assetId: bigint; ready: string[]; frozen: string; stranger: string }
type Observed = { served: string[]; skipped: string[]; none: { served: string[]; skipped: string[] } }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const treasury = await person(algorand, 50)
  algorand.account.fromMnemonic(treasury.mnemonic)
  const sender = treasury.address
  const { assetId } = await algorand.send.assetCreate({ sender, total: 1_000_000n, freeze: sender })
  const people = Array.from({ length: 34 }, () => algorand.account.random().addr.toString())
  for (const start of [0, 8, 16, 24, 32]) {
    const half = people.slice(start, start + 8)
    const group = algorand.newGroup()
    for (const receiver of half) group.addPayment({ sender, receiver, amount: algo(1) })
    for (const receiver of half) group.addAssetOptIn({ sender: receiver, assetId })
    await group.send()
  }
  const [frozen, ...ready] = people
  await algorand.send.assetFreeze({ sender, assetId, account: frozen, frozen: true })
  return { treasury, assetId, ready, frozen, stranger: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.treasury.mnemonic)
  const { ready, frozen, stranger, assetId } = given
  const list = [ready[0], stranger, ready[1], ready[0], frozen, stranger, ...ready.slice(2)]
  const none = await answer.airdrop(algorand, given.treasury.address, assetId, [stranger], 5n)
  return { none, ...(await answer.airdrop(algorand, given.treasury.address, assetId, list, 25n)) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.none, { served: [], skipped: [given.stranger] })
  assert.deepEqual(observed.served, given.ready)
  assert.deepEqual(observed.skipped, [given.stranger, given.frozen])
  for (const account of [given.ready[0], given.ready[32]]) {
    assert.equal((await algorand.asset.getAccountInformation(account, given.assetId)).balance, 25n)
  }
  const { balance } = await algorand.asset.getAccountInformation(given.treasury.address, given.assetId)
  assert.equal(balance, 1_000_000n - 33n * 25n)
  const last = (await algorand.client.algod.status().do()).lastRound
  const sizes = []
  for (const round of [last - 2n, last - 1n, last]) sizes.push((await algorand.client.algod.block(round).do()).block.payset.length)
  assert.deepEqual(sizes, [16, 16, 1])
}
