// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import { OnApplicationComplete } from 'algosdk'
import type * as Answer from './main'

type Given = { account: string; empty: string; joined: bigint[]; founded: bigint[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: dispenser } = await algorand.account.localNetDispenser()
  const { addr: account } = algorand.account.random()
  await algorand.send.payment({ sender: dispenser, receiver: account, amount: algo(5) })
  const program = '#pragma version 10\nint 1'
  const create = async (sender: typeof account, note: string) =>
    (await algorand.send.appCreate({ sender, approvalProgram: program, clearStateProgram: program, note })).appId
  const other = await create(dispenser, 'other')
  const founded = [await create(account, 'a'), await create(account, 'b'), await create(account, 'c')]
  const join = (appId: bigint) => algorand.send.appCall({ sender: account, appId, onComplete: OnApplicationComplete.OptInOC })
  await join(founded[1]!)
  await join(other)
  await algorand.send.appDelete({ sender: account, appId: founded[2]! })
  const empty = `${algorand.account.random().addr}`
  return { account: `${account}`, empty, joined: [other, founded[1]!], founded: founded.slice(0, 2) }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  return [await answer.memberships(algorand, given.account), await answer.memberships(algorand, given.empty)]
}

export async function verify(given: Given, observed: Awaited<ReturnType<typeof drive>>): Promise<void> {
  assert.deepEqual(observed, [{ joined: given.joined, founded: given.founded }, { joined: [], founded: [] }])
}
