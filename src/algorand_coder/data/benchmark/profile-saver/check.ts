// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { app: bigint; sender: string }

const SAVE = `#pragma version 10
txn ApplicationID
bz done
txna ApplicationArgs 0
method "save((string,uint64,bool))void"
==
assert
byte "p"
txn Sender
concat
dup
box_del
pop
txna ApplicationArgs 1
box_put
done:
int 1`

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const clearStateProgram = '#pragma version 10\nint 1'
  const { appId } = await algorand.send.appCreate({ sender, approvalProgram: SAVE, clearStateProgram })
  await algorand.send.payment({ sender, receiver: algosdk.getApplicationAddress(appId), amount: algo(1) })
  return { app: appId, sender: `${sender}` }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  await algorand.account.localNetDispenser()
  const first = await answer.saveProfile(algorand, given.sender, given.app, { name: 'A', born: 1n, isPublic: false })
  const second = await answer.saveProfile(algorand, given.sender, given.app, { name: 'Zoë', born: 2n ** 60n, isPublic: true })
  return [first, second]
}

export async function verify(given: Given, observed: number[], algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(observed, [14, 17])
  const name = new Uint8Array([...Buffer.from('p'), ...algosdk.decodeAddress(given.sender).publicKey])
  const stored = await algorand.app.getBoxValue(given.app, name)
  assert.deepEqual(algosdk.ABIType.from('(string,uint64,bool)').decode(stored), ['Zoë', 2n ** 60n, true])
}
