// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk, { OnApplicationComplete } from 'algosdk'
import type * as Answer from './main'

type Given = { app: bigint; member: string; guest: string; stranger: string }

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
  const join = (appId: bigint, level: bigint, nick: string, who: typeof sender = sender) =>
    algorand.send.appCall({
      sender: who, appId, onComplete: OnApplicationComplete.OptInOC, args: [algosdk.encodeUint64(level), new Uint8Array(Buffer.from(nick))],
    })
  await join(other, 3n, 'Nobody')
  const { addr: member } = algorand.account.random()
  await algorand.send.payment({ sender, receiver: member, amount: algo(1) })
  await join(app, 2n ** 62n, 'Zoë', member)
  // Is in the other club only.
  const { addr: guest } = algorand.account.random()
  await algorand.send.payment({ sender, receiver: guest, amount: algo(1) })
  await join(other, 1n, 'Guest', guest)
  return { app, member: `${member}`, guest: `${guest}`, stranger: `${algorand.account.random().addr}` }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  const stranger = await answer.memberCard(algorand, given.app, given.stranger)
  return { member: await answer.memberCard(algorand, given.app, given.member), stranger: stranger === undefined, guest: (await answer.memberCard(algorand, given.app, given.guest)) === undefined }
}

export async function verify(_given: Given, observed: Awaited<ReturnType<typeof drive>>): Promise<void> {
  assert.deepEqual(observed, { member: { level: 2n ** 62n, nick: 'Zoë' }, stranger: true, guest: true })
}
