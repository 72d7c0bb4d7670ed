// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { app: bigint; bare: bigint; single: bigint; debtor: string; alone: string }

const PUT = `#pragma version 10
txn ApplicationID
bz done
txna ApplicationArgs 0
txna ApplicationArgs 1
box_put
done:
int 1`

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const clearStateProgram = '#pragma version 10\nint 1'
  const create = async (note: string) =>
    (await algorand.send.appCreate({ sender, approvalProgram: PUT, clearStateProgram, note })).appId
  const [app, bare, single] = [await create('full'), await create('bare'), await create('single')]
  await algorand.send.payment({ sender, receiver: algosdk.getApplicationAddress(app), amount: algo(1) })
  const [one, other] = [algorand.account.random().addr, algorand.account.random().addr]
  // Boxes come by their names: the large debt first, so that the one after it must not take its place.
  const [large, small] = Buffer.compare(one.publicKey, other.publicKey) < 0 ? [one, other] : [other, one]
  const put = (letter: string, key: Uint8Array, value: bigint) => {
    const name = new Uint8Array([...Buffer.from(letter), ...key])
    group.addAppCall({ sender, appId: app, args: [name, algosdk.encodeUint64(value)], boxReferences: [name] })
  }
  const group = algorand.newGroup()
  put('d', small.publicKey, 250n)
  put('d', large.publicKey, 2n ** 60n + 1n)
  put('p', small.publicKey, 2n ** 63n)
  await group.send()
  // The least debt there is, and a debt of nothing.
  await algorand.send.payment({ sender, receiver: algosdk.getApplicationAddress(single), amount: algo(1) })
  await algorand.send.payment({ sender, receiver: algosdk.getApplicationAddress(bare), amount: algo(1) })
  const nothing = new Uint8Array([...Buffer.from('d'), ...large.publicKey])
  await algorand.send.appCall({ sender, appId: bare, args: [nothing, algosdk.encodeUint64(0n)], boxReferences: [nothing] })
  const least = algorand.newGroup()
  for (const [key, value] of [[small, 1n], [large, 0n]] as const) {
    const name = new Uint8Array([...Buffer.from('d'), ...key.publicKey])
    least.addAppCall({ sender, appId: single, args: [name, algosdk.encodeUint64(value)], boxReferences: [name] })
  }
  await least.send()
  return { app, bare, single, debtor: `${large}`, alone: `${small}` }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  const none = await answer.debts(algorand, given.bare)
  const least = await answer.debts(algorand, given.single)
  return { least, full: await answer.debts(algorand, given.app), none: none.total, nobody: none.most === undefined }
}

export async function verify(given: Given, observed: Awaited<ReturnType<typeof drive>>): Promise<void> {
  assert.deepEqual(observed, { least: { total: 1n, most: given.alone }, full: { total: 2n ** 60n + 251n, most: given.debtor }, none: 0n, nobody: true })
}
