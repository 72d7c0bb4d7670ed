// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('StickyNote.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const keys = async () => Object.keys(await app.getGlobalState())
  assert.equal(await call('peek'), '(empty)')
  assert.deepEqual(await keys(), [])
  await assert.rejects(call('peel'), /no note/)
  await assert.rejects(call('stick', ['']), /say something/)
  await call('stick', ['milk'])
  await call('stick', ['eggs'])
  assert.deepEqual(await keys(), ['note'])
  assert.equal(await call('peek'), 'eggs')
  assert.equal(await call('peel'), 'eggs')
  assert.deepEqual(await keys(), [])
  assert.equal(await call('peek'), '(empty)')
  await assert.rejects(call('peel'), /no note/)
}
