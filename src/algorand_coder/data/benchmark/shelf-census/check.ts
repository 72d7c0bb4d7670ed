// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { app: bigint; bare: bigint }

const PUT = `#pragma version 10
txn ApplicationID
bz done
txna ApplicationArgs 0
byte "x"
box_put
done:
int 1`

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const clearStateProgram = '#pragma version 10\nint 1'
  const create = async (note: string) =>
    (await algorand.send.appCreate({ sender, approvalProgram: PUT, clearStateProgram, note })).appId
  const [app, bare] = [await create('full'), await create('bare')]
  await algorand.send.payment({ sender, receiver: algosdk.getApplicationAddress(app), amount: algo(1) })
  const numbered = (letter: string, number: bigint) => new Uint8Array([...Buffer.from(letter), ...algosdk.encodeUint64(number)])
  const names = [numbered('s', 2n ** 60n + 1n), numbered('s', 300n), numbered('t', 4n), numbered('s', 7n), numbered('sa', 1n), new Uint8Array(Buffer.from('stock'))]
  const group = algorand.newGroup()
  for (const name of names) group.addAppCall({ sender, appId: app, args: [name], boxReferences: [name] })
  await group.send()
  return { app, bare }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  return { full: await answer.shelves(algorand, given.app), bare: await answer.shelves(algorand, given.bare) }
}

export async function verify(_given: Given, observed: Awaited<ReturnType<typeof drive>>): Promise<void> {
  assert.deepEqual(observed, { full: [7n, 300n, 2n ** 60n + 1n], bare: [] })
}
