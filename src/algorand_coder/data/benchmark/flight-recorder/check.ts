// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('FlightRecorder.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  assert.equal(await call('average'), 0n)
  await assert.rejects(call('ago', [0n]), /not recorded/)
  assert.equal(await call('record', [10n]), 1n)
  assert.equal(await call('average'), 10n)
  assert.equal(await call('record', [25n]), 2n)
  assert.equal(await call('average'), 17n)
  await assert.rejects(call('ago', [2n]), /not recorded/)
  const group = algorand.newGroup()
  for (const value of [3n, 4n, 5n, 6n, 7n, 8n, 9n]) group.addAppCallMethodCall(await app.params.call({ method: 'record', args: [value] }))
  await group.send()
  assert.equal(await call('ago', [0n]), 9n)
  assert.equal(await call('ago', [7n]), 25n)
  await assert.rejects(call('ago', [8n]), /not recorded/)
  assert.equal(await call('average'), 8n)
  const state = await app.getGlobalState()
  assert.equal((state['ring'] as { valueRaw?: Uint8Array }).valueRaw?.length, 64)
}
