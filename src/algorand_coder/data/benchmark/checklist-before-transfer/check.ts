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

type Given = { holder: string; frozen: string; poor: string; edge: string; stranger: string; assetId: bigint }
type Observed = { lists: string[][] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [maker, holder, frozen, poor, edge, stranger] = [
    await person(algorand), await person(algorand), await person(algorand), await person(algorand, 0.202999), await person(algorand, 0.203),
    await person(algorand),
  ]
  for (const { mnemonic } of [maker, holder, frozen, poor, edge]) algorand.account.fromMnemonic(mnemonic)
  const { assetId } = await algorand.send.assetCreate({ sender: maker.address, total: 100n, freeze: maker.address })
  for (const { address } of [holder, frozen, poor, edge]) {
    await algorand.send.assetOptIn({ sender: address, assetId })
    await algorand.send.assetTransfer({ sender: maker.address, receiver: address, assetId, amount: 10n })
  }
  // One is left a single micro-Algo short of the fee, the other with just enough.
  for (const { address } of [poor, edge]) await algorand.send.payment({ sender: address, receiver: address, amount: microAlgo(0), staticFee: microAlgo(1000) })
  await algorand.send.assetFreeze({ sender: maker.address, assetId, account: frozen.address, frozen: true })
  return { holder: holder.address, frozen: frozen.address, poor: poor.address, edge: edge.address, stranger: stranger.address, assetId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  const look = (from: string, to: string, units: bigint) => answer.obstacles(algorand, from, to, given.assetId, units)
  const { holder, frozen, poor, edge, stranger } = given
  return {
    lists: [
      await look(holder, poor, 10n), await look(holder, poor, 11n), await look(stranger, holder, 0n), await look(frozen, stranger, 50n),
      await look(poor, frozen, 1n), await look(holder, holder, -1n), await look(edge, holder, 1n),
    ],
  }
}

export async function verify(_given: Given, observed: Observed, _algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.lists, [
    [], ['sender has too few units'], ['amount must be positive', 'sender does not hold the asset'],
    ['sender is frozen', 'sender has too few units', 'receiver has not opted in'],
    ['receiver is frozen', 'sender cannot pay the fee'], ['amount must be positive'], [],
  ])
}
