// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk, { OnApplicationComplete } from 'algosdk'
import type * as Answer from './main'

type Given = { app: bigint; member: string; stranger: string }

const CLUB = `#pragma version 10
txn ApplicationID
bz done
txn Sender
byte "level"
txna ApplicationArgs 0
btoi
app_local_put
txn Sender
byte "nick"
txna ApplicationArgs 1
app_local_put
done:
int 1`

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const schema = { globalInts: 0, globalByteSlices: 0, localInts: 1, localByteSlices: 1 }
  const clearStateProgram = '#pragma version 10\nint 1'
  const create = async (note: string) =>
    (await algorand.send.appCreate({ sender, approvalProgram: CLUB, clearStateProgram, schema, note })).appId
  const [other, app] = [await create('other'), await create('club')]
  const join = (appId: bigint, level: bigint, nick: string) =>
    algorand.send.appCall({
      sender, appId, onComplete: OnApplicationComplete.OptInOC, args: [algosdk.encodeUint64(level), new Uint8Array(Buffer.from(nick))],
    })
  await join(other, 3n, 'Nobody')
  await join(app, 2n ** 62n, 'Zoë')
  return { app, member: `${sender}`, stranger: `${algorand.account.random().addr}` }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  const stranger = await answer.memberCard(algorand, given.app, given.stranger)
  return { member: await answer.memberCard(algorand, given.app, given.member), stranger: stranger === undefined }
}

export async function verify(_given: Given, observed: Awaited<ReturnType<typeof drive>>): Promise<void> {
  assert.deepEqual(observed, { member: { level: 2n ** 62n, nick: 'Zoë' }, stranger: true })
}
