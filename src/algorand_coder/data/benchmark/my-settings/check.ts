// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(_given: unknown, _observed: unknown, algorand: AlgorandClient): Promise<void> {
  const { addr: creator } = await algorand.account.localNetDispenser()
  const spec = JSON.parse(readFileSync('MySettings.arc56.json', 'utf8'))
  const factory = algorand.client.getAppFactory({ appSpec: spec, defaultSender: creator })
  const create = spec.methods.find((method: { actions: { create: string[] } }) => method.actions.create.length)
  const { appClient: app } = await (create ? factory.send.create({ method: create.name }) : factory.send.bare.create())
  let calls = 0
  const call = async (method: string, args: unknown[] = [], more: object = {}) =>
    (await app.send.call({ method, args: args as never, note: `call ${calls++}`, ...more })).return
  const { params } = await algorand.client.algod.getApplicationByID(app.appId).do()
  assert.deepEqual([params?.localStateSchema?.numByteSlice, params?.localStateSchema?.numUint], [8, 0])
  assert.deepEqual([params?.globalStateSchema?.numByteSlice ?? 0, params?.globalStateSchema?.numUint ?? 0], [0, 0])
  await assert.rejects(call('put', ['lang', 'de']), /opt in first/)
  await app.send.bare.optIn()
  await call('put', ['lang', 'de'])
  await call('put', ['lang', 'fr'])
  assert.equal(await call('show', [`${creator}`, 'lang']), 'fr')
  await assert.rejects(call('show', [`${creator}`, 'theme']), /no setting/)
  assert.equal(await call('take', ['lang']), 'fr')
  await assert.rejects(call('take', ['lang']), /no setting/)
  const fill = algorand.newGroup()
  for (const name of 'abcdefgh') fill.addAppCallMethodCall(await app.params.call({ method: 'put', args: [name, name] }))
  await fill.send()
  await assert.rejects(call('put', ['i', 'i']))
  const state = await app.getLocalState(creator)
  assert.deepEqual(Object.keys(state).sort(), ['sa', 'sb', 'sc', 'sd', 'se', 'sf', 'sg', 'sh'])
}
