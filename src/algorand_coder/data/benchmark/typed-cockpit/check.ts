// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'
import type * as Answer from './main'

type Given = { app: bigint; specification: string; pilot: string }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const pilot = algorand.account.random().addr
  const title = Buffer.from(algosdk.ABIType.from('string').encode('Möwe')).toString('hex')
  const approval = `#pragma version 10
byte "h"
int 18446744073709551615
app_global_put
byte "t"
byte 0x${title}
app_global_put
byte "p"
byte 0x${Buffer.from(pilot.publicKey).toString('hex')}
app_global_put
byte "undeclared"
int 5
app_global_put
int 1`
  const clear = '#pragma version 10\nint 1'
  const key = (text: string, valueType: string) => ({ keyType: 'AVMString', valueType, key: Buffer.from(text).toString('base64') })
  const specification = JSON.stringify({
    arcs: [22, 28], name: 'Glider', structs: {}, methods: [], bareActions: { create: ['NoOp'], call: [] },
    state: {
      schema: { global: { ints: 2, bytes: 2 }, local: { ints: 0, bytes: 0 } },
      keys: { global: { height: key('h', 'AVMUint64'), title: key('t', 'string'), pilot: key('p', 'address') }, local: {}, box: {} },
      maps: { global: {}, local: {}, box: {} },
    },
    source: { approval: Buffer.from(approval).toString('base64'), clear: Buffer.from(clear).toString('base64') },
  })
  const schema = { globalInts: 2, globalByteSlices: 2, localInts: 0, localByteSlices: 0 }
  const { appId } = await algorand.send.appCreate({ sender, approvalProgram: approval, clearStateProgram: clear, schema })
  return { app: appId, specification, pilot: `${pilot}` }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient) {
  return { ...(await answer.cockpit(algorand, given.specification, given.app)) }
}

export async function verify(given: Given, observed: Record<string, bigint | string>): Promise<void> {
  assert.deepEqual(observed, { height: 2n ** 64n - 1n, title: 'Möwe', pilot: given.pilot })
}
