import { strict as assert } from 'node:assert'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import * as algosdk from 'algosdk'
import type * as Answer from './main'

type Held = { amount: bigint; frozen: boolean }
type Account = { microAlgo: bigint; assets: Record<string, Held>; created: { id: bigint; total: bigint }[] }
type Accounts = { a: Account; b: Account; c: Account }
type World = { a: string; b: string; c: string; keys: Record<string, string>; assetId: string; before: Accounts }

async function look(algorand: AlgorandClient, address: string): Promise<Account> {
  const info = await algorand.account.getInformation(address)
  const assets: Record<string, Held> = {}
  for (const held of info.assets ?? []) {
    assets[String(held.assetId)] = { amount: BigInt(held.amount), frozen: held.isFrozen }
  }
  const created = (info.createdAssets ?? []).map((each) => ({ id: each.index, total: BigInt(each.params?.total ?? 0n) }))
  return { microAlgo: info.balance.microAlgo, assets, created }
}

async function lookAround(algorand: AlgorandClient, world: { a: string; b: string; c: string }): Promise<Accounts> {
  const [a, b, c] = await Promise.all([world.a, world.b, world.c].map((address) => look(algorand, address)))
  return { a, b, c }
}

export async function setup(algorand: AlgorandClient): Promise<World> {
  const { addr: bank } = await algorand.account.localNetDispenser()
  const keys: Record<string, string> = {}
  const made: string[] = []
  for (const funds of [50, 20, 30]) {
    const account = algosdk.generateAccount()
    const mnemonic = algosdk.secretKeyToMnemonic(account.sk)
    algorand.account.fromMnemonic(mnemonic)
    await algorand.send.payment({ sender: bank, receiver: account.addr, amount: algo(funds) })
    keys[account.addr.toString()] = mnemonic
    made.push(account.addr.toString())
  }
  const [a, b, c] = made
  const roles = { manager: a, reserve: a, freeze: a, clawback: a }
  const { assetId } = await algorand.send.assetCreate({ sender: a, total: 1_000n, decimals: 0, assetName: 'Chip', unitName: 'CHP', ...roles })
  await algorand.send.assetOptIn({ sender: b, assetId })
  const emptied = EMPTIED
  if (!emptied) await algorand.send.assetTransfer({ sender: a, receiver: b, assetId, amount: 100n })
  return { a, b, c, keys, assetId: String(assetId), before: await lookAround(algorand, { a, b, c }) }
}

export async function drive(answer: typeof Answer, world: World, algorand: AlgorandClient): Promise<unknown> {
  const signing = (address: string) => ({ ...algorand.account.getAccount(address), addr: algosdk.Address.fromString(address), signer: algorand.account.getSigner(address) })
  const keyed = (address: string) => algosdk.mnemonicToSecretKey(world.keys[address])
  const seen: unknown = await (answer as unknown as Record<string, (...args: unknown[]) => unknown>)['NAME'](ARGUMENTS)
  return JSON.parse(JSON.stringify(seen instanceof Map ? [...seen] : seen, (_, value) => (typeof value === 'bigint' ? String(value) : value)) ?? 'null')
}

export async function verify(world: World, seen: unknown, algorand: AlgorandClient): Promise<void> {
  const before = world.before
  const after = await lookAround(algorand, world)
  assert.ok(EXPECTED, JSON.stringify({ before, after, seen }, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
}
