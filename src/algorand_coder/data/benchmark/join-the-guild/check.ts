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

type Given = { player: Person; badge: bigint }
type Observed = { id: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const [guild, player] = [await person(algorand), await person(algorand, 1)]
  algorand.account.fromMnemonic(guild.mnemonic)
  return { player, badge: (await algorand.send.assetCreate({ sender: guild.address, total: 5n })).assetId }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  algorand.account.fromMnemonic(given.player.mnemonic)
  return { id: await answer.acceptBadge(algorand, given.player.address, given.badge) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  const { balance } = await algorand.asset.getAccountInformation(given.player.address, given.badge)
  assert.equal(balance, 0n)
  assert.equal((await algorand.account.getInformation(given.player.address)).balance.microAlgos, 1_000_000n - 1000n)
  const { txn } = (await algorand.client.algod.pendingTransactionInformation(observed.id).do()).txn
  assert.deepEqual([txn.assetTransfer?.assetIndex, txn.sender.toString()], [given.badge, given.player.address])
}
