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

type Given = { friends: Person[]; broke: Person; shop: string }
type Observed = { group: string; refused: string[]; failed: boolean }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const friends = [await person(algorand, 2), await person(algorand, 2), await person(algorand, 2)]
  return { friends, broke: await person(algorand, 0.2), shop: (await person(algorand, 1)).address }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  for (const { mnemonic } of [...given.friends, given.broke]) algorand.account.fromMnemonic(mnemonic)
  const names = given.friends.map(({ address }) => address)
  const many = [...names, ...Array.from({ length: 14 }, () => algosdk.generateAccount().addr.toString())]
  const attempt = (list: string[]) =>
    answer.chipIn(algorand, list, given.shop, 500_000n).then(() => 'accepted', (error: Error) => error.name)
  const refused = [await attempt([names[0]]), await attempt([names[0], names[1], names[0]]), await attempt(many)]
  const failed = (await attempt([names[0], given.broke.address])) !== 'accepted'
  return { refused, failed, group: await answer.chipIn(algorand, names, given.shop, 500_000n) }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed.refused, ['RangeError', 'RangeError', 'RangeError'])
  assert.ok(observed.failed)
  const left = []
  for (const { address } of given.friends) left.push((await algorand.account.getInformation(address)).balance.microAlgos)
  assert.deepEqual(left, [1_497_000n, 1_500_000n, 1_500_000n])
  assert.equal((await algorand.account.getInformation(given.shop)).balance.microAlgos, 2_500_000n)
  assert.equal(Buffer.from(observed.group, 'base64').length, 32)
  const status = await algorand.client.algod.status().do()
  const { block } = await algorand.client.algod.block(status.lastRound).do()
  const groups = block.payset.map((entry) => Buffer.from(entry.signedTxn.signedTxn.txn.group ?? new Uint8Array()).toString('base64'))
  assert.ok(groups.includes(observed.group))
}
