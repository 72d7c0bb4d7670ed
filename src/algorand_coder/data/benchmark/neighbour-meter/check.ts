// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('NeighbourMeter.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  const fund = (microAlgos: number) => algorand.send.payment({ sender: creator, receiver: app.appAddress, amount: microAlgo(microAlgos) })
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  await fund(500_000)
  const METER = `#pragma version 10
  txn ApplicationID
  bz done
  byte "reading"
  txna ApplicationArgs 0
  btoi
  app_global_put
  done:
  int 1`
  const clearStateProgram = '#pragma version 10\nint 1'
  const schema = { globalInts: 1, globalByteSlices: 0, localInts: 0, localByteSlices: 0 }
  const meter = async (note: string) => (await algorand.send.appCreate({ sender: creator, approvalProgram: METER, clearStateProgram, schema, note })).appId
  const [one, two] = [await meter('1'), await meter('2')]
  const show = (appId: bigint, reading: bigint) => algorand.send.appCall({ sender: creator, appId, args: [algosdk.encodeUint64(reading)] })
  await assert.rejects(call('bill', [one]), /no reading/)
  await show(one, 500n)
  assert.equal(await call('bill', [one]), 500n)
  await show(one, 730n)
  await show(two, 12n)
  assert.equal(await call('bill', [two]), 12n)
  assert.equal(await call('bill', [one]), 230n)
  assert.equal(await call('bill', [one]), 0n)
  await show(one, 729n)
  await assert.rejects(call('bill', [one]), /runs backwards/)
  const box = await algorand.app.getBoxValue(app.appId, new Uint8Array([...Buffer.from('m'), ...algosdk.encodeUint64(one)]))
  assert.equal(algosdk.decodeUint64(box, 'bigint'), 730n)
}
